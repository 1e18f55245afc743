# Slideshow in a container. Build it with `docker build -t slideshow .`, on amd64 or arm64, then
#   docker run -p 8000:8000 -v ./stories:/stories:ro slideshow
# It runs as nobody's user, needs no writable root (`--read-only`), and keeps pictures once made
# in /cache, a volume that may be emptied at any time.
ARG PYTHON=docker.io/library/python:3.13-slim-bookworm

FROM ${PYTHON} AS build
# PIP_FIND_LINKS and PIP_NO_INDEX build it from a folder of wheels, without a network.
ARG PIP_FIND_LINKS=""
ARG PIP_NO_INDEX=""
WORKDIR /src
RUN python3 -m venv /tools && python3 -m venv /opt/slideshow
COPY .ci/requirements-build.txt .ci/requirements-image.txt .ci/
RUN /tools/bin/pip install --no-cache-dir --no-compile --require-hashes -r .ci/requirements-build.txt \
 && /opt/slideshow/bin/pip install --no-cache-dir --require-hashes -r .ci/requirements-image.txt
COPY . .
RUN /tools/bin/pip wheel --no-deps --no-build-isolation -w /wheels . \
 && /opt/slideshow/bin/pip install --no-cache-dir --no-deps /wheels/*.whl \
 && /opt/slideshow/bin/pip uninstall -y pip

FROM ${PYTHON}
LABEL org.opencontainers.image.title="Slideshow" \
      org.opencontainers.image.description="Turns articles into slides, in every language" \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/slideshow /opt/slideshow
RUN mkdir /stories /cache && chown 10001:10001 /cache
ENV PATH=/opt/slideshow/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    SLIDESHOW_HOST=0.0.0.0 \
    SLIDESHOW_PORT=8000 \
    SLIDESHOW_FILECACHE_FOLDER=/cache
USER 10001:10001
VOLUME /cache
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python3", "-c", "import os, urllib.request as web; web.urlopen(f'http://127.0.0.1:{os.environ[\"SLIDESHOW_PORT\"]}/readyz')"]
ENTRYPOINT ["slideshow"]
# Without a volume on /stories, the bundled stories: `docker run … slideshow serve`.
CMD ["serve", "/stories"]
