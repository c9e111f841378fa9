// SPDX-License-Identifier: BSD-2-Clause

package main

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/httptest"
	"time"
)

// Boulder speaks to its resolver by DoH only (RFC 8484), the lab's resolver speaks
// plain DNS: this is the DoH side of a resolver, which hands each message on over
// TCP, its octets unchanged. TCP, because a DoH answer is never truncated either.

type relay struct {
	upstream string
}

func (r relay) ServeHTTP(w http.ResponseWriter, req *http.Request) {
	query, err := io.ReadAll(io.LimitReader(req.Body, 65535))
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadRequest)
		return
	}
	reply, err := exchange(req.Context(), r.upstream, query)
	if err != nil {
		http.Error(w, err.Error(), http.StatusBadGateway)
		return
	}
	w.Header().Set("Content-Type", "application/dns-message")
	_, _ = w.Write(reply)
}

func exchange(ctx context.Context, upstream string, query []byte) ([]byte, error) {
	var dialer net.Dialer
	conn, err := dialer.DialContext(ctx, "tcp", upstream)
	if err != nil {
		return nil, err
	}
	defer conn.Close()
	// Who asks gives up first: its end closes the connection.
	stop := context.AfterFunc(ctx, func() { conn.Close() })
	defer stop()

	framed := binary.BigEndian.AppendUint16(nil, uint16(len(query)))
	if _, err := conn.Write(append(framed, query...)); err != nil {
		return nil, err
	}
	var length [2]byte
	if _, err := io.ReadFull(conn, length[:]); err != nil {
		return nil, err
	}
	reply := make([]byte, binary.BigEndian.Uint16(length[:]))
	_, err = io.ReadFull(conn, reply)
	return reply, err
}

// Address of the DoH server, and what a client needs to trust it.
func serveDoH(upstream string) (string, *tls.Config, error) {
	certificate, pool, err := selfSigned()
	if err != nil {
		return "", nil, err
	}
	server := httptest.NewUnstartedServer(relay{upstream})
	server.EnableHTTP2 = true
	server.TLS = &tls.Config{Certificates: []tls.Certificate{certificate}}
	server.StartTLS()
	return server.Listener.Addr().String(), &tls.Config{RootCAs: pool}, nil
}

func selfSigned() (tls.Certificate, *x509.CertPool, error) {
	var none tls.Certificate
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return none, nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		NotBefore:    time.Now().Add(-time.Hour),
		NotAfter:     time.Now().Add(time.Hour),
		IPAddresses:  []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template,
		&key.PublicKey, key)
	if err != nil {
		return none, nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return none, nil, err
	}
	if leaf == nil {
		return none, nil, errors.New("no certificate")
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool, nil
}
