# Starts a service with the environment that docker/prepare.ts wrote for it: sh start.sh NAME COMMAND…
set -eu
. "/world/$1.env"
shift
exec "$@"
