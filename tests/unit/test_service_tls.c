/* SPDX-License-Identifier: MIT */
/* Engines that are services, over TLS: a key goes to whom the certificates vouch for, and to nobody
 * else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "fake_tls.h"
#include "service_bench.h"

#include <string.h>

#define ROUTE "/v1/audio/transcriptions"

static const fake_web_route routes[] = {
    {"POST", ROUTE, {{.body = "{\"text\":\"Good morning.\"}", .last = true}}}};

static void hears_over_tls(void **state) {
    (void)state;
    fake_tls *tls = fake_tls_new("IP:127.0.0.1", -1, 10);
    service_bench b;
    bench_start_over(&b, routes, 1, fake_tls_layer(tls));
    b.options.ca_file = fake_tls_ca_file(tls);
    bench_openai(&b);
    bench_hears(&b, "Good morning.");
    bench_hears(&b, "Good morning.");
    assert_int_equal(fake_web_count(b.fake, "POST", ROUTE), 2);
    bench_stop(&b);
    fake_tls_free(tls);
}

static void sends_nothing_to_whom_nobody_vouches_for(void **state) {
    (void)state;
    static const struct {
        const char *name;
        int last_day;
        bool known;
    } rows[] = {
        {"IP:127.0.0.1", 10, false}, {"DNS:example.org", 10, true}, {"IP:127.0.0.1", -2, true}};
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        fake_tls *tls = fake_tls_new(rows[i].name, -5, rows[i].last_day);
        service_bench b;
        bench_start_over(&b, routes, 1, fake_tls_layer(tls));
        b.options.ca_file = rows[i].known ? fake_tls_ca_file(tls) : NULL;
        bench_openai(&b);
        bench_fails(&b, TTSSLICE_ERR_NETWORK, "no answer in 1 try");
        assert_int_equal(fake_web_count(b.fake, NULL, NULL), 0);
        bench_stop(&b);
        fake_tls_free(tls);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hears_over_tls),
        cmocka_unit_test(sends_nothing_to_whom_nobody_vouches_for),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
