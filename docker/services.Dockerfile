# One image of the whole workspace, and a small stage per service of docker-compose.yml.
FROM node:24-bookworm-slim AS workspace
WORKDIR /branchline
ENV NEXT_TELEMETRY_DISABLED=1 DO_NOT_TRACK=1 CHECKPOINT_DISABLE=1
RUN apt-get update \
  && apt-get install --yes --no-install-recommends ca-certificates git \
  && rm -rf /var/lib/apt/lists/* \
  && npm install --global pnpm@12.21.0
COPY . .
RUN pnpm install --frozen-lockfile \
  && PRISMA_SCHEMA_ENGINE_BINARY=/bin/true pnpm exec prisma generate --schema prisma/schema

FROM workspace AS prepare
ENTRYPOINT ["node", "--no-warnings"]
CMD ["docker/prepare.ts"]

FROM workspace AS api
CMD ["sh", "docker/start.sh", "api", "node", "--no-warnings", "--max-semi-space-size=16", "apps/api/src/main.ts"]

FROM workspace AS local-github
CMD ["sh", "docker/start.sh", "local-github", "node", "--no-warnings", "apps/local-github/src/main.ts"]

FROM workspace AS worker
RUN apt-get update \
  && apt-get install --yes --no-install-recommends bubblewrap \
  && rm -rf /var/lib/apt/lists/*
CMD ["sh", "docker/start.sh", "worker", "node", "--no-warnings", "apps/worker/src/main.ts"]

FROM workspace AS web-build
RUN pnpm --filter @branchline/web exec next build

# Next's standalone server holds all that it imports; the two folders of files are served beside it.
FROM node:24-bookworm-slim AS web
WORKDIR /branchline
ENV NEXT_TELEMETRY_DISABLED=1 NODE_ENV=production
COPY --from=web-build /branchline/apps/web/.next/standalone ./
COPY --from=web-build /branchline/apps/web/.next/static ./apps/web/.next/static
COPY docker/start.sh docker/start.sh
CMD ["sh", "docker/start.sh", "web", "node", "apps/web/server.js"]
