# SPDX-License-Identifier: BSD-2-Clause
# format-page.awk - the manual page authsim-scenario(5) of FORMAT.md, so that
# there is one text of the format. Knows the Markdown that is in that file.

function inline(text,    out, part, code) {
    out = ""
    while (match(text, /`[^`]*`|\[[^]]*\]\([^)]*\)|\*+[^*]+\*+/)) {
        part = substr(text, RSTART, RLENGTH)
        out = out plain(substr(text, 1, RSTART - 1))
        text = substr(text, RSTART + RLENGTH)
        if (part ~ /^`/) {
            code = substr(part, 2, length(part) - 2)
            out = out "\\fB" literal(code) "\\fR"
        } else if (part ~ /^\*\*/) {
            out = out "\\fB" starred(part, 2)
        } else if (part ~ /^\*/) {
            out = out "\\fI" starred(part, 1)
        } else {
            sub(/^\[/, "", part)
            sub(/\].*$/, "", part)
            out = out plain(part)
        }
    }
    return out plain(text)
}

function starred(part, stars) {
    return plain(substr(part, stars + 1, length(part) - 2 * stars)) "\\fR"
}

function plain(text) {
    gsub(/\\/, "\\e", text)
    return text
}

function literal(text) {
    text = plain(text)
    gsub(/-/, "\\-", text)
    gsub(/'/, "\\(aq", text)
    gsub(/\^/, "\\(ha", text)
    gsub(/~/, "\\(ti", text)
    return text
}

# A line that begins with a control character of roff is no request.
function put(text) {
    if (text ~ /^[.']/) {
        text = "\\\\&" text
    }
    print text
}

function begin_literal() {
    print ".PP"
    print ".RS 4"
    print ".nf"
}

function end_literal() {
    print ".fi"
    print ".RE"
}

# Splits the cells of a row; a bar in code is not one between cells.
function read_row(row,    i, c, code, cell) {
    cells = 0
    code = 0
    cell = ""
    for (i = 2; i <= length(row); i++) {
        c = substr(row, i, 1)
        if (c == "`") {
            code = !code
        }
        if (c != "|" || code) {
            cell = cell c
            continue
        }
        gsub(/^ +| +$/, "", cell)
        columns[++cells] = cell
        cell = ""
    }
}

# The first cell is the tag; of more than two the others tell their heading.
function put_row(    i, says) {
    print ".TP"
    put(inline(columns[1]))
    for (i = 2; i <= cells; i++) {
        if (columns[i] == "") {
            continue
        }
        says = inline(columns[i])
        if (i > 2) {
            print ".br"
        }
        if (cells > 2 && (i > 2 || !wide)) {
            put("\\fI" heading[i] ":\\fR " says)
        } else {
            put(says)
        }
    }
}

BEGIN {
    print ".\\\" Made of scenarios/FORMAT.md."
    print ".TH AUTHSIM\\-SCENARIO 5 \"\" \"CAA testbed\""
    print ".SH NAME"
    print "authsim\\-scenario \\- the scenario files of authsim and caaconform"
    print ".SH DESCRIPTION"
}

# Code that goes on in the next line is read as one.
carry != "" {
    sub(/^ +/, "")
    $0 = carry " " $0
    carry = ""
}
!fenced && !/^```/ && gsub(/`/, "&") % 2 == 1 {
    carry = $0
    next
}

/^```/ {
    fenced = !fenced
    if (fenced) {
        begin_literal()
    } else {
        end_literal()
    }
    next
}
fenced {
    put(literal($0))
    next
}

# An indented block, after an empty line or a list entry.
indented && /^ *$/ {
    pending = 1
    next
}
indented && !/^      / {
    end_literal()
    indented = 0
}
/^      / && (indented || empty) {
    if (!indented) {
        begin_literal()
    }
    indented = 1
    put(literal(substr($0, 7)))
    next
}

/^# / { next }
/^## / {
    print ".SH " toupper(substr($0, 4))
    next
}
/^### / {
    print ".SS " substr($0, 5)
    next
}

/^\|/ {
    read_row($0)
    if (!table) {
        table = 1
        wide = columns[cells] == "example"
        for (i = 1; i <= cells; i++) {
            heading[i] = columns[i]
        }
    } else if ($0 !~ /^\|-/) {
        put_row()
    }
    empty = 0
    next
}
{ table = 0 }

/^ *$/ {
    empty = 1
    next
}
/^- / {
    print ".IP \\(bu 2"
    put(inline(substr($0, 3)))
    empty = 0
    next
}
/^[0-9]+\. / {
    match($0, /^[0-9]+\./)
    print ".IP " substr($0, 1, RLENGTH) " 4"
    put(inline(substr($0, RLENGTH + 2)))
    empty = 0
    next
}
{
    if (empty) {
        print ".PP"
    }
    empty = 0
    sub(/^ +/, "")
    put(inline($0))
}

END {
    if (indented) {
        end_literal()
    }
    print ".SH SEE ALSO"
    print ".BR authsim (1),"
    print ".BR caaconform (1)"
}
