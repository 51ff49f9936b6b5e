#!/bin/sh
# Makes the nsys export with sampled Python stacks that PlantedSamplesTest reads.
#
# Usage: bench/trace-planted/nsys.sh OUT.sqlite     (CUDA, torch, nsys 2025.3 or newer)
# Inside Nsight Compute nsys needs libdw1 to make a report; NSYS names the program.
# Afterwards drop all tables but those of the test's copy: they name the machine.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
"${NSYS:-nsys}" profile -t cuda,nvtx --python-sampling=true --python-sampling-frequency=2000 \
  --sample=none --cpuctxsw=none -c cudaProfilerApi --capture-range-end=stop \
  -o "$folder/trace" python3 "$here/engine.py" nsys 40
"${NSYS:-nsys}" export --type sqlite --include-blobs=true -f true -o "$1" "$folder/trace.nsys-rep"
