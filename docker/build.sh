#!/usr/bin/env bash
# Build the image with buildah, without a daemon. On Debian, as root; installs what it lacks.
#
#   BASE_IMAGE         base to build on; without it one is made with debootstrap (Debian 12)
#   IMAGE              name of the result                       (default: yoji)
#   IMAGE_STORE        where buildah keeps its layers           (default: /var/tmp/yoji-images)
#   IMAGE_BUILD_FLAGS  more flags for buildah, such as --build-arg TORCH_INDEX_URL=…
#
# The build's pip is given what this machine's pip is given (certificates, local wheels, an
# index), for the time of the build only: nothing of it stays in the image.
set -euo pipefail
cd "$(dirname "$0")/.."

image=${IMAGE:-yoji}
store=${IMAGE_STORE:-/var/tmp/yoji-images}
work=$store/work
mkdir -p "$work"
# vfs and chroot: the storage and the isolation that need nothing of the kernel.
buildah=(buildah --storage-driver vfs --root "$store/root" --runroot "$store/run")

install_missing() {
    local missing=()
    for tool in "$@"; do command -v "$tool" >/dev/null || missing+=("$tool"); done
    [ ${#missing[@]} -eq 0 ] && return
    apt-get update -q
    apt-get install -y -q --no-install-recommends "${missing[@]}"
}

make_base() {
    "${buildah[@]}" inspect --type image localhost/yoji-base >/dev/null 2>&1 && return
    install_missing debootstrap
    rm -rf "$work/base"
    debootstrap --variant=minbase --include=ca-certificates,python3,python3-venv \
        bookworm "$work/base"
    rm -rf "$work"/base/var/cache/apt/archives/*.deb "$work"/base/var/lib/apt/lists/*
    local container
    container=$("${buildah[@]}" from scratch)
    "${buildah[@]}" add -q "$container" "$work/base" /
    "${buildah[@]}" config --env \
        PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
    "${buildah[@]}" commit -q --rm "$container" localhost/yoji-base
    rm -rf "$work/base"
}

# pip's own settings of this machine as one file, and the paths that it names, as --volume flags.
pip_volumes() {
    python3 -m pip config list 2>/dev/null | PYTHONUTF8=1 python3 -c '
import ast, os, pathlib, sys
target = pathlib.Path(sys.argv[1])
settings = {}
for line in sys.stdin:
    key, _, value = line.strip().partition("=")
    settings[key.rpartition(".")[2]] = ast.literal_eval(value)
wanted = ("cert", "find-links", "index-url", "extra-index-url", "trusted-host", "timeout")
settings = {key: value for key, value in settings.items() if key in wanted}
target.write_text("[global]\n" + "".join(f"{k} = {v}\n" for k, v in settings.items()))
print(f"--volume={target}:/etc/pip.conf:ro")
mounts = settings.get("cert", "").split() + settings.get("find-links", "").split()
for key in ("index-url", "extra-index-url"):
    for url in settings.get(key, "").split():
        if url.startswith("file://"):  # its pages link to files beside it
            mounts.append(os.path.dirname(url.removeprefix("file://").rstrip("/")))
for path in dict.fromkeys(mounts):
    if os.path.isabs(path) and os.path.exists(path):
        print(f"--volume={path}:{path}:ro")
' "$work/pip.conf"
}

install_missing buildah
if [ -z "${BASE_IMAGE:-}" ]; then
    make_base
    BASE_IMAGE=localhost/yoji-base
fi
mapfile -t volumes < <(pip_volumes)
# shellcheck disable=SC2086 # the flags are several words
"${buildah[@]}" build --isolation chroot --pull=missing --layers --format docker \
    --build-arg BASE_IMAGE="$BASE_IMAGE" "${volumes[@]}" ${IMAGE_BUILD_FLAGS:-} --tag "$image" .
"${buildah[@]}" images
