// SPDX-License-Identifier: BSD-2-Clause

// Asks Boulder's validation authority (github.com/letsencrypt/boulder/va) whether
// its CA may issue, as its registration authority does over gRPC: one call of
// DoCAA for one name. All that decides is Boulder's own: the bdns client with its
// retries, the climb, the reading of the records.
package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"os"
	"regexp"
	"strconv"
	"time"

	"github.com/jmhodges/clock"
	"github.com/prometheus/client_golang/prometheus"

	"github.com/letsencrypt/boulder/bdns"
	"github.com/letsencrypt/boulder/core"
	"github.com/letsencrypt/boulder/identifier"
	blog "github.com/letsencrypt/boulder/log"
	"github.com/letsencrypt/boulder/probs"
	"github.com/letsencrypt/boulder/va"
	vapb "github.com/letsencrypt/boulder/va/proto"
)

const usage = "usage: shim NAME ISSUER ACCOUNT METHOD RESOLVER   " +
	"exit 0: permit, 1: refuse, 2: look-up failed, 3: unsupported"

// What Boulder ships in test/config/va.json and test/config/ra.json.
const (
	dnsTries   = 3
	dnsTimeout = time.Second
	rpcTimeout = 20 * time.Second
)

const (
	exitPermit       = 0
	exitRefuse       = 1
	exitLookupFailed = 2
	exitUnsupported  = 3
	exitBroken       = 70 // no verdict: graded as a crash
)

var errUnsupported = errors.New("unsupported")

// Boulder knows accounts by a number behind a prefix.
var accountURI = regexp.MustCompile(`^(.*[^0-9])([1-9][0-9]*)$`)

type request struct {
	name, issuer, accountPrefix string
	accountID                   int64
	method                      core.AcmeChallenge
}

func readRequest(args []string) (*request, error) {
	if _, err := netip.ParseAddr(args[0]); err == nil {
		return nil, fmt.Errorf("%w: Boulder asks no CAA for an address", errUnsupported)
	}
	// The operator has to write the issuer's name in this form (va.go).
	issuer, err := core.NormalizeIssuerDomainName(args[1])
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsupported, err)
	}
	parts := accountURI.FindStringSubmatch(args[2])
	if parts == nil {
		return nil, fmt.Errorf("%w: Boulder's accounts end in a number, not as %q",
			errUnsupported, args[2])
	}
	id, err := strconv.ParseInt(parts[2], 10, 64)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnsupported, err)
	}
	method := core.AcmeChallenge(args[3])
	if !method.IsValid() {
		return nil, fmt.Errorf("%w: Boulder has no validation method %q",
			errUnsupported, args[3])
	}
	return &request{args[0], issuer, parts[1], id, method}, nil
}

func newAuthority(r *request, resolver string) (*va.ValidationAuthorityImpl, error) {
	server, tlsConfig, err := serveDoH(net.JoinHostPort(resolver, "53"))
	if err != nil {
		return nil, err
	}
	servers, err := bdns.NewStaticProvider([]string{server})
	if err != nil {
		return nil, err
	}
	stats := prometheus.NewRegistry()
	log := blog.NewMock()
	client := bdns.New(dnsTimeout, servers, stats, clock.New(), dnsTries, "",
		log, tlsConfig)
	allow := func(netip.Addr) error { return nil }
	// One network perspective of several: the primary would ask its remotes.
	return va.NewValidationAuthorityImpl(client, nil, "", r.issuer, stats,
		clock.New(), log, []string{r.accountPrefix}, "perspective", "ARIN",
		allow, 0, false, nil, 0, 0)
}

func ask(r *request, resolver string) (int, error) {
	authority, err := newAuthority(r, resolver)
	if err != nil {
		return exitBroken, err
	}
	ctx, cancel := context.WithTimeout(context.Background(), rpcTimeout)
	defer cancel()
	answer, err := authority.DoCAA(ctx, &vapb.IsCAAValidRequest{
		Identifier:       identifier.NewDNS(r.name).ToProto(),
		ValidationMethod: string(r.method),
		AccountURIID:     r.accountID,
		AuthzID:          1,
	})
	if err != nil {
		return exitBroken, err
	}
	if answer.Problem == nil {
		return exitPermit, nil
	}
	problem := errors.New(answer.Problem.Detail)
	switch probs.ProblemType(answer.Problem.ProblemType) {
	case probs.CAAProblem:
		return exitRefuse, problem
	case probs.DNSProblem:
		return exitLookupFailed, problem
	}
	return exitBroken, fmt.Errorf("%s: %w", answer.Problem.ProblemType, problem)
}

func run() int {
	if len(os.Args) != 6 {
		fmt.Fprintln(os.Stderr, usage)
		return exitBroken
	}
	r, err := readRequest(os.Args[1:])
	status := exitUnsupported
	if err == nil {
		status, err = ask(r, os.Args[5])
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
	return status
}

func main() {
	os.Exit(run())
}
