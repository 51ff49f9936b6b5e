#!/bin/sh
# Makes a task for an agent: setup.sh VLLM TARGET takes the Python files of VLLM, a checkout of vLLM, and makes a git
# repository TARGET of them with a workload, tests and a configuration. PYTHON has torch (the CPU one will do), numpy,
# pydantic, msgspec, transformers and pytest.
set -eu
vllm=$1
target=$2
here=$(cd "$(dirname "$0")" && pwd)
mkdir -p "$target/workload" "$target/tests" "$target/model"
(cd "$vllm" && find vllm -name '*.py' | tar -cf - -T -) | tar -xf - -C "$target"
cp "$here/engine.py" "$here/bench.py" "$here/../../swap/stand_ins.py" "$target/workload/"
cp "$here/test_core.py" "$target/tests/"
cat > "$target/model/config.json" <<'JSON'
{"architectures": ["OPTForCausalLM"], "model_type": "opt", "hidden_size": 768, "num_hidden_layers": 12,
 "num_attention_heads": 12, "ffn_dim": 3072, "vocab_size": 50272, "max_position_embeddings": 2048,
 "word_embed_proj_dim": 768, "torch_dtype": "float16", "bos_token_id": 2, "eos_token_id": 2, "pad_token_id": 1,
 "do_layer_norm_before": true, "activation_function": "relu", "dropout": 0.1}
JSON
cat > "$target/hostperf.yaml" <<YAML
target: vllm
workload:
  command: [${PYTHON:-python3}, workload/bench.py]
  environment: {PYTHONDONTWRITEBYTECODE: "1"}
  timeout: 5m
  metrics:
    - {name: throughput, unit: tok/s, better: higher, primary: true, pattern: 'Throughput: ([\d.]+) tok/s'}
tests:
  command: [${PYTHON:-python3}, -m, pytest, -q]
  always: [tests]
policy:
  editable: ["vllm/**/*.py"]
  approval: never
  max_rounds: 12
measure: {tier: quick, min_effect: 1%, budget: 10m}
YAML
printf '__pycache__/\n' > "$target/.gitignore"
cd "$target"
git init -q .
git add -A -f .
git -c user.name=bench -c user.email=bench@localhost commit -qm "vLLM's V1 core with a host workload"
