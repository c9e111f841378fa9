# SPDX-License-Identifier: BSD-2-Clause
# From the document of the control interface to the requests that try all of it,
# and from their answers to what is wrong with them.

def deref($document):
    if has("$ref") then
        (."$ref" | ltrimstr("#/") | split("/")) as $place
        | $document | getpath($place) | deref($document)
    else . end;

# Every operation, in the order of the document.
def operations:
    .paths | to_entries[] | .key as $path
    | .value | to_entries[]
    | {method: (.key | ascii_upcase), path: $path, operation: .value};

def usual: .operation.responses | keys_unsorted | map(select(startswith("2"))) | .[0] | tonumber;

# Bodies by their examples, everything else by x-queries; then what holds for
# all: no token, a page in a browser, too large a body.
def cases:
    operations
    | . as $o
    | {method, path} as $place
    | (usual) as $usual
    | ($o.operation.requestBody.content // {} | to_entries[]
       | .key as $type | .value.examples | to_entries[]
       | $place + {name: .key, query: (.value."x-query" // ""), type: $type,
                   body: (.value.value | if type == "string" then . else tojson end),
                   status: (.value."x-answer" // $usual),
                   served: .value."x-served"}),
      ($o.operation."x-queries" // [] | .[]
       | $place + {name: (.query // .path), query: (.query // ""), at: .path,
                   status: (."x-answer" // $usual)}),
      ($place + {name: "no token", token: "none", status: 401}),
      ($place + {name: "another token", token: "wrong-token-0123456789", status: 401}),
      ($place + {name: "a browser", origin: true, status: 403}),
      (select($o.operation.requestBody) | $place + {name: "large", large: true, status: 413});

# Those for a server that serves this.
def tested($served): [cases | select(.served == $served) | .query = (.query // "")];

# A configuration of curl, one transfer for each case.
def curl($base; $token; $work; $served):
    tested($served) | to_entries[]
    | .key as $i | .value
    | (select($i > 0) | "next"),
      "url = \($base + (.at // .path) + .query | tojson)",
      "request = \(.method | tojson)",
      (select(.token != "none")
       | "header = \("Authorization: Bearer " + (.token // $token) | tojson)"),
      (select(.origin) | "header = \"Origin: http://example.com\""),
      (select(.type) | "header = \("Content-Type: " + .type | tojson)"),
      (select(.body) | "data-raw = \(.body | tojson)"),
      (select(.large) | "data-binary = \("@" + $work + "/large" | tojson)"),
      "output = \($work + "/answers/\(10000 + $i)" | tojson)",
      "write-out = \"%{http_code}|%{content_type}\\n\"",
      "create-dirs";

def is_of($wanted):
    if $wanted == "integer" then type == "number" and . == floor
    else type == $wanted end;

# What keeps a value from conforming to a schema.
def faults($schema; $document; $at):
    ($schema | deref($document)) as $s
    | . as $value
    | if $value == null and $s.nullable then empty
      elif $s.type and (is_of($s.type) | not) then "\($at) is no \($s.type)"
      else
        (select($s.enum and ($s.enum | index([$value]) == null and (any(. == $value) | not)))
         | "\($at) is none of \($s.enum)"),
        (select($s.minimum and $value < $s.minimum) | "\($at) is below \($s.minimum)"),
        (select($s.maximum and $value > $s.maximum) | "\($at) is above \($s.maximum)"),
        (($s.required // [])[] | select(. as $key | $value | has($key) | not)
         | "\($at) lacks \(.)"),
        (select($s.additionalProperties == false) | keys[]
         | select(. as $key | $s.properties | has($key) | not) | "\($at) has \(.)"),
        (($s.properties // {}) | to_entries[] | . as $p
         | $value | select(has($p.key)) | .[$p.key]
         | faults($p.value; $document; "\($at).\($p.key)")),
        (select($s.items) | to_entries[] | . as $item
         | $item.value | faults($s.items; $document; "\($at)[\($item.key)]"))
      end;

def wrong_with($document; $case; $answer; $body):
    ($document.paths[$case.path][$case.method | ascii_downcase].responses) as $responses
    | ($answer | split("|")) as [$status, $type]
    | if $status != ($case.status | tostring) then
        "status \($status), not \($case.status): \($body)"
      elif $responses[$status] == null then "status \($status) is not in the document"
      else
        ($responses[$status] | deref($document) | .content) as $content
        | if $content == null then select($body != "") | "a body: \($body)"
          elif $content[$type] == null then "type '\($type)' is not in the document"
          elif $type | test("json") then
            ($body | try fromjson catch null)
            | if . == null then "no JSON: \($body)"
              else faults($content[$type].schema; $document; "the body") end
          else empty end
      end;

# Everything that is wrong, one line each.
# `x-apart`: a status that the examples alone cannot reach; a test has it.
def judge($answers; $bodies; $served):
    . as $document
    | tested($served) as $cases
    | (select(($answers | length) != ($cases | length))
       | "\($answers | length) answers to \($cases | length) requests"),
      ($cases | to_entries[] | .key as $i | .value as $case
       | ($bodies["\(10000 + $i)"] // [] | join("\n")) as $body
       | wrong_with($document; $case; $answers[$i] // ""; $body)
       | "\($case.method) \($case.path) (\($case.name)): \(.)"),
      ($document | operations
       | . as $o | .operation.responses | to_entries[]
       | select(.value."x-apart" | not) | .key
       | select(. as $status
                | [$document | cases | select(.method == $o.method and .path == $o.path
                                     and (.status | tostring) == $status)] == [])
       | "\($o.method) \($o.path): nothing asks for status \(.)");
