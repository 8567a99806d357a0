# syntax=docker/dockerfile:1
# Fabula: the API server and its workers, in one image.
#     docker build -t fabula .                      models on the CPU
#     docker build -t fabula:cuda --target cuda .   models on Nvidia GPUs
# docs/operations.md tells how to run them; compose.yaml does.

# ── What TypeScript makes ─────────────────────────────────────────────────────────────────────────────────────────────
FROM node:20-bookworm-slim AS build
WORKDIR /fabula
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY tsconfig.json build.mjs ./
COPY schema schema
COPY graph graph
COPY src src
COPY workers workers
COPY resolvers resolvers
RUN node build.mjs

# ── What it runs with: packages, and those of the models beside them (docs/adr/0005) ─────────────────────────────────
FROM node:20-bookworm-slim AS packages
# For better-sqlite3, where no prebuilt one can be had.
RUN apt-get update && apt-get install -y --no-install-recommends g++ make python3 && rm -rf /var/lib/apt/lists/*
WORKDIR /fabula
COPY package.json package-lock.json .npmrc install-models.mjs ./
RUN npm ci --omit=dev
COPY --from=build /fabula/dist dist
RUN node install-models.mjs
# Other platforms' libraries, what better-sqlite3 was compiled from, and maps: half of all.
RUN onnx=dist/workers/models/node_modules/onnxruntime-node/bin \
 && rm -rf $onnx/*/darwin $onnx/*/win32 node_modules/better-sqlite3/deps node_modules/better-sqlite3/build/Release/obj* \
 && find $onnx/*/linux -mindepth 1 -maxdepth 1 ! -name "$(node -p process.arch)" -exec rm -r {} + \
 && find . -name '*.map' -delete

# ── On Nvidia GPUs ────────────────────────────────────────────────────────────────────────────────────────────────────
FROM packages AS packages-cuda
RUN cd dist/workers/models/node_modules/onnxruntime-node && node script/install --onnxruntime-node-install=cuda12

# CUDA 12 and cuDNN 9, as onnxruntime wants them.
FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04 AS cuda
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg tini && rm -rf /var/lib/apt/lists/*
COPY --from=build /usr/local/bin/node /usr/local/bin/node
RUN install -d -o 1000 -g 1000 /data && ln -s /fabula/dist/src/app/cli.js /usr/local/bin/fabula
COPY --from=packages-cuda /fabula /fabula
# `utility` brings nvidia-smi, for the metrics.
ENV NODE_ENV=production FABULA_HOME=/data FABULA_METRICS_PORT=9464 NVIDIA_DRIVER_CAPABILITIES=compute,utility
USER 1000:1000
VOLUME /data
EXPOSE 4000 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.FABULA_METRICS_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "fabula"]
CMD ["serve", "--host", "0.0.0.0"]

# ── On the CPU ────────────────────────────────────────────────────────────────────────────────────────────────────────
FROM node:20-bookworm-slim AS cpu
RUN apt-get update && apt-get install -y --no-install-recommends ffmpeg tini && rm -rf /var/lib/apt/lists/*
RUN install -d -o 1000 -g 1000 /data && ln -s /fabula/dist/src/app/cli.js /usr/local/bin/fabula
COPY --from=packages /fabula /fabula
ENV NODE_ENV=production FABULA_HOME=/data FABULA_METRICS_PORT=9464
USER 1000:1000
VOLUME /data
EXPOSE 4000 9464
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + process.env.FABULA_METRICS_PORT + '/healthz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["tini", "--", "fabula"]
CMD ["serve", "--host", "0.0.0.0"]
