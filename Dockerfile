# The CPU image: the service and the commands, the embedded checkpoint inside, no network needed.
# With --target cuda the same for a GPU (docs/engines.md): docker build --target cuda -t yoji:cuda .
#
#   docker build -t yoji --build-arg TORCH_INDEX_URL=https://download.pytorch.org/whl/cpu .
#   docker run --rm -p 127.0.0.1:8000:8000 --network none … yoji
#
# Without TORCH_INDEX_URL torch comes from the default index, with its CUDA libraries (larger,
# works too). docker/README.md has the run lines, docker/build.sh builds without a daemon.
ARG BASE_IMAGE=python:3.11-slim-bookworm


FROM ${BASE_IMAGE} AS builder
ARG TORCH_INDEX_URL=""
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PIP_PROGRESS_BAR=off
WORKDIR /src
RUN python3 -m venv /opt/yoji/venv
ENV PATH=/opt/yoji/venv/bin:$PATH
# Dependencies first: they change less often than our code, and a layer keeps them.
COPY pyproject.toml constraints.txt ./
RUN pip install -q -c constraints.txt ${TORCH_INDEX_URL:+--index-url "${TORCH_INDEX_URL}"} \
        "$(grep '^torch==' constraints.txt)" \
    && mkdir models service && touch README.md models/__init__.py service/__init__.py \
    && pip install -q -c constraints.txt . \
    && pip uninstall -q -y yoji
COPY README.md LICENSE ./
COPY models models
COPY service service
RUN pip install -q --no-deps .


FROM builder AS model
ENV YOJI_CACHE_DIR=/opt/yoji/cache HF_HUB_OFFLINE=1
WORKDIR /
RUN yoji models build embedded \
    && yoji models verify embedded \
    && chmod -R a+rX,g=u /opt/yoji/cache


# What both images have beside the libraries: the user, the settings, how to start.
FROM ${BASE_IMAGE} AS base
LABEL org.opencontainers.image.title="yoji" \
      org.opencontainers.image.description="Key proposals of Korean news, in Korean and English" \
      org.opencontainers.image.licenses="Apache-2.0 AND LicenseRef-Gemma"
# A user of its own in group 0, so that any other user id in group 0 works as well.
RUN useradd --uid 10001 --gid 0 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin yoji \
    && mkdir -p /data && chown 10001:0 /data && chmod g=u /data
ENV PATH=/opt/yoji/venv/bin:$PATH \
    HOME=/tmp \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    YOJI_CACHE_DIR=/opt/yoji/cache \
    HF_HUB_OFFLINE=1 \
    HF_HUB_DISABLE_TELEMETRY=1 \
    DO_NOT_TRACK=1
USER 10001:0
WORKDIR /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 \
    CMD ["python3", "-c", "import os, urllib.request; urllib.request.urlopen('http://127.0.0.1:%s/readyz' % os.environ.get('PORT', '8000'), timeout=4)"]
ENTRYPOINT ["yoji"]
CMD ["serve", "--host", "0.0.0.0"]


# CTranslate2's wheel wants cuBLAS 12 and no cuDNN; torch's CUDA wheel brings CUDA 13 of its own.
# The two live side by side, as their libraries have names of their own.
FROM builder AS cuda-builder
ARG TORCH_CUDA_INDEX_URL=""
ARG CUBLAS=nvidia-cublas-cu12==12.9.1.4
RUN python3 -c 'import sys, torch; sys.exit(torch.version.cuda is None)' \
    || { pip uninstall -q -y torch \
        && pip install -q ${TORCH_CUDA_INDEX_URL:+--index-url "${TORCH_CUDA_INDEX_URL}"} \
            "$(grep '^torch==' constraints.txt)"; }
RUN pip install -q "${CUBLAS}" \
    && ln -s "$(python3 -c 'import nvidia.cublas; print(list(nvidia.cublas.__path__)[0])')/lib" \
        /opt/yoji/venv/cublas12


FROM base AS cuda
COPY --from=cuda-builder /opt/yoji/venv /opt/yoji/venv
COPY --from=model /opt/yoji/cache /opt/yoji/cache
# NVIDIA's container runtime puts the driver in; this says which parts of it.
ENV LD_LIBRARY_PATH=/opt/yoji/venv/cublas12 \
    NVIDIA_VISIBLE_DEVICES=all \
    NVIDIA_DRIVER_CAPABILITIES=compute,utility


# Last, so that a build without --target makes this one.
FROM base AS runtime
COPY --from=builder /opt/yoji/venv /opt/yoji/venv
COPY --from=model /opt/yoji/cache /opt/yoji/cache
