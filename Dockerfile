# The CPU image: the service and the commands, the embedded checkpoint inside, no network needed.
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


FROM ${BASE_IMAGE} AS runtime
LABEL org.opencontainers.image.title="yoji" \
      org.opencontainers.image.description="Key proposals of Korean news, in Korean and English" \
      org.opencontainers.image.licenses="Apache-2.0 AND LicenseRef-Gemma"
# A user of its own in group 0, so that any other user id in group 0 works as well.
RUN useradd --uid 10001 --gid 0 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin yoji \
    && mkdir -p /data && chown 10001:0 /data && chmod g=u /data
COPY --from=builder /opt/yoji/venv /opt/yoji/venv
COPY --from=model /opt/yoji/cache /opt/yoji/cache
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
