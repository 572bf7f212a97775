#!/usr/bin/env bash
exec "$SRC/wsproof/fuzz/build.sh"
