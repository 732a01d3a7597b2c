#!/usr/bin/env bash
# Run the built image's server and batch the way a careful operator would: read-only root, an
# arbitrary user in group 0, no network but loopback. Needs root; no container runtime.
#
#   IMAGE, IMAGE_STORE   as for docker/build.sh
set -euo pipefail
cd "$(dirname "$0")/.."

image=${IMAGE:-yoji}
store=${IMAGE_STORE:-/var/tmp/yoji-images}
buildah=(buildah --storage-driver vfs --root "$store/root" --runroot "$store/run")
work=$(mktemp -d)

container=$("${buildah[@]}" from --pull=never "$image")
cleanup() {
    "${buildah[@]}" rm "$container" >/dev/null
    rm -rf "$work"
}
trap cleanup EXIT
mkdir "$work/data" "$work/data/pages"
for page in examples/dev-00[1-3].txt; do cp "$page" "$work/data/pages"; done
printf '%%PDF-1.7' >"$work/data/pages/broken.txt"
chown -R 12345:0 "$work/data"
"${buildah[@]}" inspect --type image "$image" >"$work/image.json"
root=$("${buildah[@]}" mount "$container")

# Mounts and the network are this process's own and go with it.
unshare --mount --net --pid --fork --mount-proc bash -euc '
    root=$1 work=$2
    mount --bind "$root" "$root"
    mount -o remount,ro,bind "$root"
    mount -t tmpfs tmpfs "$root/tmp" -o mode=1777
    mount -t proc proc "$root/proc"
    mount --rbind /dev "$root/dev"
    mount --bind "$work/data" "$root/data"
    python3 docker/check.py "$root" "$work/image.json"
' bash "$root" "$work"
