#!/bin/sh
# Daily backup that keeps thirty days. From cron, as the bot's own account:
#   17 3 * * *  /srv/yanban/deploy/backup.sh /var/backups/yanban
set -eu
umask 077
folder=${1:?give the folder for the backups}
cd "$(dirname "$0")/.."
mkdir -p "$folder"
.venv/bin/python -m bot backup "$folder/yanban-$(date +%F).db"
find "$folder" -name 'yanban-*.db*' -mtime +30 -delete
