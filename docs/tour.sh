#!/usr/bin/env bash
# One guarantee from the bank's question to the last fen, as its three users would walk it.
#
#   zhibao serve                      in one terminal
#   docs/tour.sh                      in another, in the same folder: it issues its own tokens
#
# TODAY, API, UNDERWRITER, BANK and ADJUSTER may be set beforehand. Papers are written to tour-out/.
set -euo pipefail
API=${API:-http://127.0.0.1:8000}
TODAY=${TODAY:-$(TZ=Asia/Shanghai date +%F)}
OUT=${OUT:-tour-out}
RUN=${RUN:-$(date +%s)}
mkdir -p "$OUT"

day() { python3 -c "import sys, datetime as d; print(d.date.fromisoformat(sys.argv[1]) + d.timedelta(int(sys.argv[2])))" "$TODAY" "$1"; }
pick() { python3 -c "import sys, json, functools; print(functools.reduce(lambda v, k: v[int(k)] if isinstance(v, list) else v[k], sys.argv[1].split('.'), json.load(sys.stdin)))" "$1"; }
ZHIBAO=${ZHIBAO:-.venv/bin/zhibao}
token() { "$ZHIBAO" token issue --role "$1" --party "$2" --register-id "$3" --authority "${4:-clerk}" | pick token; }
step() { printf '\n\033[1m%s\033[0m\n' "$*"; }
call() { # call TOKEN METHOD PATH [BODY]: prints the answer, stops on a problem
  local answer status sum
  sum=$(cksum <<<"${4:-}" | cut -d" " -f1) # one key for each act, also where two share a path
  answer=$(curl --silent --show-error --write-out '\n%{http_code}' --request "$2" "$API$3" \
    --header "Authorization: Bearer $1" --header "Content-Type: application/json" \
    --header "Idempotency-Key: tour-$RUN-$2-$3-$sum" ${4:+--data "$4"})
  status=${answer##*$'\n'}
  answer=${answer%$'\n'*}
  if [ "$status" -ge 300 ]; then
    echo "$2 $3 answered $status: $answer" >&2
    exit 1
  fi
  printf '%s\n' "$answer"
}
paper() { # paper TOKEN TYPE ID: downloads every paper filed for a subject
  call "$1" GET "/v1/documents?subject_type=$2&subject_id=$3" |
    python3 -c "import sys, json; [print(d['id'], d['kind']) for d in json.load(sys.stdin)['items']]" |
    while read -r id kind; do
      curl --silent --show-error --header "Authorization: Bearer $1" \
        --output "$OUT/$kind.pdf" "$API/v1/documents/$id/content"
      echo "  paper: $OUT/$kind.pdf"
    done
}

UNDERWRITER=${UNDERWRITER:-$(token underwriter "知保示范保险 underwriting" HOUSE-0001 senior)}
ADJUSTER=${ADJUSTER:-$(token adjuster "知保示范保险 underwriting" HOUSE-0001)}
BANK=${BANK:-$(token bank "示范银行" BANK-0001)}

step "1. The underwriter registers the public fund's money, and what the insurer itself has"
known=$(call "$UNDERWRITER" GET /v1/pools | python3 -c "import sys, json; print(any(p['scheme'] == 'zhongshan-2021' for p in json.load(sys.stdin)['items']))")
if [ "$known" = False ]; then
  call "$UNDERWRITER" POST /v1/pools '{"scheme": "zhongshan-2021", "party": "fund",
    "contribution": {"amount": "70000000.00", "currency": "CNY"}}' | pick balance.amount
fi

quarter=$(python3 -c "import sys, datetime as d; t = d.date.fromisoformat(sys.argv[1]); print(d.date(t.year, (t.month - 1) // 3 * 3 + 1, 1) - d.timedelta(1))" "$TODAY")
stated=$(call "$UNDERWRITER" GET /v1/means | python3 -c "import sys, json; print(any(m['as_of'] == sys.argv[1] for m in json.load(sys.stdin)['items']))" "$quarter")
if [ "$stated" = False ]; then
  call "$UNDERWRITER" POST /v1/means "{\"currency\": \"CNY\", \"as_of\": \"$quarter\", \"source\": \"示例 example figures\",
    \"net_assets\": \"9000000000.00\", \"capital_and_reserves\": \"8000000000.00\", \"retained_premium\": \"2000000000.00\",
    \"retained_guarantee\": \"12000000000.00\", \"retained_financing\": \"6000000000.00\", \"small_business_share\": \"0.4\",
    \"core_solvency\": \"1.85\", \"comprehensive_solvency\": \"2.3\"}" | pick net_assets
fi

step "2. The bank asks: a loan of 3,000,000 on one invention patent"
quote=$(call "$BANK" POST /v1/quotes "{\"risk\": {
  \"product\": \"pledge_guarantee\",
  \"borrower\": {\"name\": \"示范机械有限公司\", \"register_id\": \"91442000MA4EXAMPL1\", \"grade\": \"BB\"},
  \"loan\": {\"contract\": \"LOAN-$RUN\", \"amount\": {\"amount\": \"3000000.00\", \"currency\": \"CNY\"},
    \"annual_rate\": \"0.0435\", \"term_months\": 10, \"drawdown\": \"$(day -400)\", \"plan\": \"bullet\",
    \"purpose\": \"流动资金 working capital\", \"refinancing\": false, \"ip_share\": \"1\"},
  \"rights\": [{\"kind\": \"invention\", \"number\": \"ZL-EXAMPLE-1\", \"title\": \"自动装配装置 assembly device\",
    \"owner\": \"示范机械有限公司\", \"filed\": \"2020-03-01\", \"granted\": \"2022-05-06\", \"expires\": \"2040-03-01\",
    \"appraised\": {\"amount\": \"8600000.00\", \"currency\": \"CNY\"}, \"appraised_on\": \"$(day -200)\",
    \"appraiser\": \"示范评估有限公司\"}],
  \"cover\": {\"scheme\": \"zhongshan-2021\", \"issuer\": \"insurer\"}}}")
quote_id=$(pick id <<<"$quote")
echo "  quote $(pick number <<<"$quote"): $(pick state <<<"$quote"), premium $(pick premium.amount <<<"$quote")"
echo "  why referred: $(pick findings.0.words <<<"$quote")"

step "3. The underwriter approves it, and binds"
call "$BANK" POST "/v1/quotes/$quote_id/letter" | pick kind
call "$UNDERWRITER" POST "/v1/quotes/$quote_id/approval" '{"reason": "nothing was overdue since drawdown"}' | pick state
policy=$(call "$UNDERWRITER" POST "/v1/quotes/$quote_id/binding" '{}')
policy_id=$(pick id <<<"$policy")
echo "  policy $(pick number <<<"$policy")"

step "4. The borrower defaults; the bank gives notice"
claim=$(call "$BANK" POST /v1/claims "{\"policy_id\": \"$policy_id\", \"default_date\": \"$(day -90)\",
  \"known_on\": \"$(day -89)\", \"asked\": {
    \"principal\": {\"amount\": \"3000000.00\", \"currency\": \"CNY\"},
    \"penalty\": {\"amount\": \"1500.00\", \"currency\": \"CNY\"}},
  \"papers\": [\"claim_form\", \"loan_contract\", \"drawdown_slip\", \"arrears_statement\", \"dunning_notices\"]}")
claim_id=$(pick id <<<"$claim")
echo "  claim $(pick number <<<"$claim"): $(pick state <<<"$claim")"

step "5. The adjuster finds two papers missing, asks once for both, then accepts"
call "$ADJUSTER" POST "/v1/claims/$claim_id/assessment" '{}' | pick state
RUN="$RUN-again"
call "$ADJUSTER" POST "/v1/claims/$claim_id/assessment" '{"papers": ["pledge_certificate", "right_status"],
  "conduct": {"pledge_registered": true, "use_as_agreed": true, "change_consented": true, "fraud_by_insured": false}}' | pick state

step "6. The claim is paid and the loss is shared to the fen"
settlement=$(call "$ADJUSTER" POST "/v1/claims/$claim_id/settlement" '{}')
python3 -c "
import sys, json
for share in json.load(sys.stdin)['shares']:
    print(f\"  {share['party']:<10} bears {share['paid']['amount']:>12}\")" <<<"$settlement"

step "7. The fund and the appraiser pay their calls"
python3 -c "import sys, json; [print(c['id'], c['party']) for c in json.load(sys.stdin)['calls']]" <<<"$settlement" |
  while read -r id party; do
    echo "  $party: $(call "$ADJUSTER" POST "/v1/calls/$id/payment" "{\"paid_on\": \"$TODAY\"}" | pick state)"
  done

step "8. The patent is sold; what is left after costs is given back"
recovery=$(call "$ADJUSTER" POST "/v1/claims/$claim_id/recoveries" "{\"reference\": \"SALE-1\",
  \"source\": \"专利拍卖 patent sale\", \"value_date\": \"$TODAY\",
  \"gross\": {\"amount\": \"800000.00\", \"currency\": \"CNY\"}, \"costs\": {\"amount\": \"120000.00\", \"currency\": \"CNY\"}}")
python3 -c "
import sys, json
for party, money in json.load(sys.stdin)['given_back'].items():
    print(f\"  {party:<10} gets {money['amount']:>12}\")" <<<"$recovery"

python3 -c "
import sys, json
for party, money in json.load(sys.stdin)['given_back'].items():
    if party != 'insurer':
        print(json.dumps({'payee': party, 'way': 'out', 'amount': money,
                          'paid_on': '$TODAY', 'reference': f'OUT-{party}'}))" <<<"$recovery" |
while read -r payment; do
  call "$ADJUSTER" POST "/v1/claims/$claim_id/recovery-payments" "$payment" >/dev/null
done

step "9. The claim is closed; the bank reads its papers"
call "$ADJUSTER" POST "/v1/claims/$claim_id/closing" '{"reason": "settled and recovered"}' | pick state
paper "$BANK" quote "$quote_id"
paper "$BANK" policy "$policy_id"
paper "$BANK" claim "$claim_id"
