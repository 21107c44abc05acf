#!/usr/bin/env bash
# The main job, as a person would type it: every command is shown before it runs. `make demo` starts it.
set -euo pipefail
cd "$(dirname "$0")/../.."
export PATH="$PWD/.venv/bin:$PATH" PULUMI_SKIP_UPDATE_CHECK=true
stack=local
report=$PWD/.trimtab/report.html
packs=(--policy-pack policies/all)

bold='' dim='' plain=''
if [ -t 1 ]; then bold=$'\033[1m' dim=$'\033[2m' plain=$'\033[0m'; fi
say() { printf '\n%s── %s%s\n' "$bold" "$*" "$plain"; }
run() {
  printf '%s$ %s%s\n' "$dim" "$*" "$plain"
  "$@"
}
trap 'printf "\ninterrupted. The local cloud is as it stands: trimtab local status; trimtab local down ends it.\n" >&2; exit 130' INT

mkdir -p .trimtab
say "1/7  A local cloud: Pulumi's engine, a state backend, AWS's APIs"
run trimtab local up
eval "$(trimtab local env)"
run pulumi stack select --create "$stack"

if [ -s .trimtab/demo-run ]; then
  say "     The change of the last demo is undone first, through the same path"
  run trimtab cost rollback "$(cat .trimtab/demo-run)" --stack "$stack" --yes || echo "(it had been undone by hand)"
  rm .trimtab/demo-run
fi

say "2/7  pulumi up of the platform, under the policy packs"
run pulumi up --stack "$stack" --yes --skip-preview --suppress-outputs "${packs[@]}"

say "3/7  Utilisation: two weeks of load, and more every few seconds"
run trimtab local load examples/demo/load.yaml

say "4/7  Advice"
run trimtab cost recommend --stack "$stack" --source cloudwatch --save .trimtab/advice.json

say "5/7  One change, through the stack's own declaration: preview under the packs, up, watch, keep or roll back"
run trimtab cost apply --stack "$stack" --advice .trimtab/advice.json --only acme-ml-local-fraud-scoring --watch 20s --yes \
  2>&1 | tee .trimtab/apply.log
sed -nE 's/^run ([^:]+): kept.*/\1/p' .trimtab/apply.log > .trimtab/demo-run

say "6/7  Nothing else would change"
run pulumi preview --stack "$stack" --expect-no-changes --suppress-outputs

say "7/7  The report"
run trimtab cost report --stack "$stack" --advice .trimtab/advice.json --format html -o "$report"
printf '\nEnd the local cloud with: .venv/bin/trimtab local down\nThe report:\n%s\n' "$report"
