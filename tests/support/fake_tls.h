/* SPDX-License-Identifier: MIT */
/* TLS for fake_net: an authority and a certificate made on the spot, with whatever is wrong with
 * it. */
#ifndef TTSS_TESTS_FAKE_TLS_H
#define TTSS_TESTS_FAKE_TLS_H

#include "fake_net.h"

typedef struct fake_tls fake_tls;

/* A certificate for `name`, as "IP:127.0.0.1" or "DNS:example.org", that is valid from the first to
 * the last day, counted from today. */
fake_tls *fake_tls_new(const char *name, int first_day, int last_day);
void fake_tls_free(fake_tls *tls);

const fake_layer *fake_tls_layer(const fake_tls *tls);
const char *fake_tls_ca_file(const fake_tls *tls); /* the authority, in PEM */

#endif
