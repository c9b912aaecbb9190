/* SPDX-License-Identifier: MIT */
/* TLS, with certificates made on the spot, and audio that handlers left at an address: what is
 * fetched, what is refused, and that nobody gets a key who did not give it out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/address.h"
#include "dispatch/audio_url.h"
#include "fake_runpod.h"
#include "fake_tls.h"

#include <ttsslice/ttsslice.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define KEY          "rpa_KEEPTHISSECRET0123456789"
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const double quick[] = {0.001, 0.002, 0.003};

typedef struct bench {
    fake_runpod *fake;
    ttsslice_dispatcher *d;
    char origin[64]; /* https://127.0.0.1:PORT */
} bench;

static bench begin(const fake_script *script, const char *ca_file) {
    bench b = {.fake = fake_start(script)};
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    const char *endpoint = fake_endpoint(b.fake);
    snprintf(b.origin, sizeof b.origin, "%.*s", (int)(strstr(endpoint, "/v2") - endpoint),
             endpoint);
    options.endpoint = endpoint;
    options.api_key = KEY;
    options.backoff_s = quick;
    options.backoff_count = COUNT(quick);
    options.poll_interval_s = 0.001;
    options.ca_file = ca_file;
    options.max_reply_bytes = 100000;
    assert_int_equal(ttsslice_dispatcher_new(&options, &b.d, NULL), 0);
    return b;
}

static void end(bench *b) {
    ttsslice_dispatcher_free(b->d);
    fake_stop(b->fake);
}

static const ttsslice_job_result *run(bench *b) {
    static const char input[] = "{\"text\":\"Hello.\",\"request_id\":\"x\"}";
    const ttsslice_job_result *r = NULL;
    assert_int_equal(ttsslice_dispatcher_submit(b->d, 0, input, TTSSLICE_NUL_TERMINATED, NULL), 0);
    assert_int_equal(ttsslice_dispatcher_next(b->d, -1, &r, NULL), 0);
    assert_null(strstr(r->error, "KEEPTHIS"));
    return r;
}

/* --- TLS ----------------------------------------------------------------------------------- */

static void an_authority_of_ones_own(void **state) {
    fake_tls *tls = fake_tls_new("IP:127.0.0.1", -1, 10);
    fake_script script = {.key = KEY, .layer = fake_tls_layer(tls)};
    bench b = begin(&script, fake_tls_ca_file(tls));
    (void)state;
    const ttsslice_job_result *r = run(&b);
    if (r->code)
        fail_msg("%s", r->error);
    assert_non_null(strstr(fake_last_headers(b.fake), "Authorization: Bearer " KEY));
    end(&b);
    fake_tls_free(tls);
}

/* None is tried twice, and each says what is wrong. */
static void certificates_that_are_refused(void **state) {
    static const struct {
        const char *name;
        int last_day;
        bool known;
        const char *says;
    } cases[] = {
        {"IP:127.0.0.1", 10, false, "certificate"},
        {"IP:127.0.0.1", -1, true, "expired"},
        {"DNS:example.org", 10, true, "127.0.0.1"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        fake_tls *tls = fake_tls_new(cases[i].name, -5, cases[i].last_day);
        fake_script script = {.layer = fake_tls_layer(tls)};
        bench b = begin(&script, cases[i].known ? fake_tls_ca_file(tls) : NULL);
        const ttsslice_job_result *r = run(&b);
        if (r->code != TTSSLICE_ERR_NETWORK || !strstr(r->error, cases[i].says) ||
            !strstr(r->error, "certificate"))
            fail_msg("%s, %d: %s", cases[i].name, cases[i].last_day, r->error);
        assert_int_equal(r->attempts, 1);
        assert_false(r->retryable);
        assert_int_equal(fake_submissions(b.fake, NULL), 0);
        end(&b);
        fake_tls_free(tls);
    }
}

static void a_certificate_file_that_is_none(void **state) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_dispatcher *d = NULL;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    (void)state;
    options.endpoint = "https://127.0.0.1:9/v2/x";
    options.ca_file = "/nowhere/ca.pem";
    assert_int_equal(ttsslice_dispatcher_new(&options, &d, &err), TTSSLICE_ERR_IO);
    assert_non_null(strstr(err.message, "/nowhere/ca.pem"));
}

/* A resolver may take its time to say so; how long is set here. */
static void a_name_that_is_none(void **state) {
    ttsslice_dispatch_options options = TTSSLICE_DISPATCH_OPTIONS_INIT;
    ttsslice_dispatcher *d = NULL;
    const ttsslice_job_result *r = NULL;
    (void)state;
    setenv("RES_OPTIONS", "timeout:1 attempts:1", 1);
    options.endpoint = "https://endpoint.invalid/v2/x";
    options.api_key = "";
    options.backoff_s = quick;
    options.backoff_count = 1;
    assert_int_equal(ttsslice_dispatcher_new(&options, &d, NULL), 0);
    assert_int_equal(ttsslice_dispatcher_submit(d, 0, "{\"a\":1}", TTSSLICE_NUL_TERMINATED, NULL),
                     0);
    assert_int_equal(ttsslice_dispatcher_next(d, -1, &r, NULL), 0);
    assert_true(r->code == TTSSLICE_ERR_NETWORK || r->code == TTSSLICE_ERR_TIMEOUT);
    assert_int_equal(r->possible_duplicates, 0);
    if (r->code == TTSSLICE_ERR_NETWORK && !strstr(r->error, "endpoint.invalid"))
        fail_msg("%s", r->error);
    ttsslice_dispatcher_free(d);
}

/* --- audio at an address ------------------------------------------------------------------- */

static const ttsslice_job_result *run_with(bench *b, fake_job *job, char text[1000],
                                           const char *format, const char *address) {
    int n = snprintf(text, 1000, "\"status\":\"COMPLETED\",\"output\":");
    snprintf(text + n, 1000 - (size_t)n, format, address, address);
    job->end = text;
    return run(b);
}

static void audio_is_fetched_without_the_key(void **state) {
    fake_job job = {0};
    fake_script script = {.jobs = &job, .job_count = 1, .key = KEY};
    bench b = begin(&script, NULL);
    ttsslice_audio *audio = NULL;
    char text[1000], address[128];
    (void)state;
    snprintf(address, sizeof address, "%s/files/x?signature=abc", b.origin);
    const ttsslice_job_result *r =
        run_with(&b, &job, text, "{\"audio_url\":\"%s\",\"cost\":0.5}", address);
    if (r->code)
        fail_msg("%s", r->error);
    char wanted[300];
    snprintf(wanted, sizeof wanted,
             "{\"audio_url\":\"%s\",\"cost\":0.5,\"audio_base64\":\"attachment:0\"}", address);
    assert_string_equal(r->output, wanted);
    assert_int_equal(r->output_length, strlen(r->output));
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(
        ttsslice_audio_decode(r->attachments[0].bytes, r->attachments[0].size, &audio, NULL), 0);
    assert_int_equal(ttsslice_audio_frames(audio), 12000);
    ttsslice_audio_unref(audio);
    assert_non_null(strstr(fake_last_headers(b.fake), "GET /files/x?signature=abc "));
    assert_null(strstr(fake_last_headers(b.fake), "uthorization"));
    assert_null(strstr(fake_last_headers(b.fake), KEY));
    end(&b);
}

static void every_address_has_its_audio(void **state) {
    fake_job job = {0};
    fake_script script = {.jobs = &job, .job_count = 1};
    bench b = begin(&script, NULL);
    char text[1000], address[128];
    (void)state;
    snprintf(address, sizeof address, "%s/files/x", b.origin);
    const ttsslice_job_result *r =
        run_with(&b, &job, text,
                 "{\"candidates\":[{\"audio_url\":\"%s\"},{\"audio_url\":\"\"},"
                 "{\"audio_url\":\"%s\"}]}",
                 address);
    assert_int_equal(r->code, 0);
    assert_int_equal(r->attachment_count, 2);
    assert_non_null(strstr(r->output, "\"attachment:1\""));
    assert_int_equal(fake_fetches(b.fake, "x"), 2);
    end(&b);
}

static void fetches_over_tls(void **state) {
    fake_tls *tls = fake_tls_new("IP:127.0.0.1", -1, 10);
    char there[160], location[200], text[1000];
    fake_job job = {.name = "x"};
    fake_script script = {.jobs = &job, .job_count = 1, .layer = fake_tls_layer(tls)};
    bench b = begin(&script, fake_tls_ca_file(tls));
    (void)state;
    snprintf(there, sizeof there, "%s/files/x", b.origin);
    snprintf(location, sizeof location, "Location: %s/files/y", b.origin);
    job.file[0] = (fake_step){.kind = FAKE_REPLY, .status = 302, .header = location};
    const ttsslice_job_result *r = run_with(&b, &job, text, "{\"audio_url\":\"%s\"}", there);
    if (r->code)
        fail_msg("%s", r->error);
    assert_int_equal(r->attachment_count, 1);
    assert_int_equal(fake_fetches(b.fake, "y"), 1);
    end(&b);
    fake_tls_free(tls);
}

#define REPLY(code, kind_, text)                                                                   \
    { .kind = FAKE_REPLY, .status = code, .type = kind_, .body = text }

static void fetches_that_fail(void **state) {
    static const char redirect[] = "Location: http://127.0.0.1:1/";
    static const struct {
        const char *about;
        fake_step file[4];
        int32_t code;
        int fetches;
        const char *says;
    } cases[] = {
        {"busy, then there", {REPLY(503, NULL, ""), {.kind = FAKE_CLOSE}}, 0, 3, ""},
        {"cut, then whole",
         {{.kind = FAKE_CUT, .type = "audio/wav", .body = "RIFFRIFF"}},
         0,
         2,
         ""},
        {"run out", {REPLY(403, NULL, "<Code>AccessDenied")}, TTSSLICE_ERR_HTTP, 1, "audio_url"},
        {"gone", {REPLY(404, NULL, "")}, TTSSLICE_ERR_HTTP, 1, "HTTP 404"},
        {"words", {REPLY(200, "text/html", "<p>Log in")}, TTSSLICE_ERR_PROTOCOL, 1, "no audio"},
        {"nothing", {REPLY(200, "audio/wav", "")}, TTSSLICE_ERR_PROTOCOL, 1, "no audio"},
        {"too much", {{.kind = FAKE_HUGE, .size = 200000}}, TTSSLICE_ERR_PROTOCOL, 1, "max_reply"},
        {"sent elsewhere, without TLS",
         {{.kind = FAKE_REPLY, .status = 302, .header = redirect}},
         TTSSLICE_ERR_NETWORK,
         1,
         "audio_url"},
        {"for ever",
         {REPLY(500, NULL, ""), REPLY(500, NULL, ""), REPLY(500, NULL, ""), REPLY(500, NULL, "")},
         TTSSLICE_ERR_HTTP,
         4,
         "in 4 tries"},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[1000], address[128];
        fake_job job = {.name = "x"};
        fake_script script = {.jobs = &job, .job_count = 1};
        memcpy(job.file, cases[i].file, sizeof cases[i].file);
        bench b = begin(&script, NULL);
        snprintf(address, sizeof address, "%s/files/x", b.origin);
        const ttsslice_job_result *r = run_with(&b, &job, text, "{\"audio_url\":\"%s\"}", address);
        if (r->code != cases[i].code || !strstr(r->error, cases[i].says))
            fail_msg("%s: %s", cases[i].about, r->error);
        assert_int_equal(fake_fetches(b.fake, "x"), cases[i].fetches);
        assert_int_equal(r->attempts, 1);
        ttsslice_dispatcher_free(b.d);
        assert_int_equal(fake_cancels(b.fake, NULL), 0); /* it is done over there */
        fake_stop(b.fake);
    }
}

static void addresses_that_are_not_fetched(void **state) {
    static const struct {
        const char *address, *says;
        int32_t code;
    } cases[] = {
        {"ftp://127.0.0.1/a.wav", "no web address", TTSSLICE_ERR_PROTOCOL},
        {"simulated_uploaded/a.wav", "simulated_uploaded/a.wav; is the worker's storage set up?",
         TTSSLICE_ERR_PROTOCOL},
        {"https://me:hush@127.0.0.1/a.wav", "no web address", TTSSLICE_ERR_PROTOCOL},
        {"http://192.0.2.1/a.wav", "not https", TTSSLICE_ERR_PROTOCOL},
        {"https://10.1.2.3/a.wav", "private network", TTSSLICE_ERR_NETWORK},
        {"https://169.254.169.254/latest/meta-data", "private network", TTSSLICE_ERR_NETWORK},
        {"https://[fd00::1]/a.wav", "private network", TTSSLICE_ERR_NETWORK},
        {"https://[::ffff:192.168.0.1]/a.wav", "private network", TTSSLICE_ERR_NETWORK},
        {"https://0x0a000001/a.wav", "private network", TTSSLICE_ERR_NETWORK},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[1000];
        fake_job job = {0};
        fake_script script = {.jobs = &job, .job_count = 1};
        bench b = begin(&script, NULL);
        const ttsslice_job_result *r =
            run_with(&b, &job, text, "{\"audio_url\":\"%s\"}", cases[i].address);
        if (r->code != cases[i].code || !strstr(r->error, cases[i].says) ||
            strstr(r->error, "hush"))
            fail_msg("%s: %s: %s", cases[i].address, ttsslice_code_name(r->code), r->error);
        assert_false(r->retryable);
        end(&b);
    }
}

/* An endpoint elsewhere has no business with this machine. */
static void this_machine_is_for_endpoints_here(void **state) {
    static const char *const addresses[] = {"http://127.0.0.1:8080/a", "https://localhost/a",
                                            "https://[::1]/a"};
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    (void)state;
    for (size_t i = 0; i < COUNT(addresses); i++) {
        assert_int_equal(ttss_audio_url_check(addresses[i], false, &err), TTSSLICE_ERR_PROTOCOL);
        assert_non_null(strstr(err.message, "this machine"));
        assert_int_equal(ttss_audio_url_check(addresses[i], true, &err), 0);
    }
    assert_int_equal(ttss_audio_url_check("https://h/a?X-Amz-Signature=b", false, &err), 0);
}

static void outputs_and_their_addresses(void **state) {
    static const struct {
        const char *output, *url, *then;
    } cases[] = {
        {"{\"audio_url\":\"u\"}", "u", "{\"audio_url\":\"u\",\"audio_base64\":\"attachment:3\"}"},
        {"[{\"audio_url\":\"u\"}]", "u",
         "[{\"audio_url\":\"u\",\"audio_base64\":\"attachment:3\"}]"},
        {"{\"audio_url\":\"u\",\"audio_base64\":\"YWFh\"}", NULL, NULL},
        {"{\"audio_url\":\"u\",\"audio\":\"attachment:0\"}", NULL, NULL},
        {"{\"audio_url\":null}", NULL, NULL},
        {"{\"audio_url\":7}", NULL, NULL},
        {"\"audio_url\"", NULL, NULL},
        {"12", NULL, NULL},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        const char *output = cases[i].output;
        char *url = NULL;
        assert_int_equal(ttss_audio_url_find(output, strlen(output), &url, NULL), 0);
        if (!cases[i].url) {
            assert_null(url);
            continue;
        }
        assert_string_equal(url, cases[i].url);
        char *then = ttss_audio_url_put(output, strlen(output), 3);
        assert_string_equal(then, cases[i].then);
        free(then);
        free(url);
    }
}

static void addresses_and_their_reach(void **state) {
    static const struct {
        const char *text;
        enum ttss_reach reach;
    } cases[] = {
        {"8.8.8.8", TTSS_REACH_PUBLIC},
        {"127.0.0.1", TTSS_REACH_LOOPBACK},
        {"127.255.0.9", TTSS_REACH_LOOPBACK},
        {"0.0.0.0", TTSS_REACH_PRIVATE},
        {"10.0.0.1", TTSS_REACH_PRIVATE},
        {"100.63.255.255", TTSS_REACH_PUBLIC},
        {"100.64.0.1", TTSS_REACH_PRIVATE},
        {"169.254.169.254", TTSS_REACH_PRIVATE},
        {"172.15.255.255", TTSS_REACH_PUBLIC},
        {"172.16.0.1", TTSS_REACH_PRIVATE},
        {"172.31.255.255", TTSS_REACH_PRIVATE},
        {"172.32.0.1", TTSS_REACH_PUBLIC},
        {"192.168.1.1", TTSS_REACH_PRIVATE},
        {"198.18.0.1", TTSS_REACH_PRIVATE},
        {"203.0.113.7", TTSS_REACH_PRIVATE},
        {"224.0.0.1", TTSS_REACH_PRIVATE},
        {"255.255.255.255", TTSS_REACH_PRIVATE},
        {"::1", TTSS_REACH_LOOPBACK},
        {"::", TTSS_REACH_PRIVATE},
        {"::ffff:127.0.0.1", TTSS_REACH_LOOPBACK},
        {"::ffff:10.0.0.1", TTSS_REACH_PRIVATE},
        {"::ffff:8.8.8.8", TTSS_REACH_PUBLIC},
        {"64:ff9b::a00:1", TTSS_REACH_PRIVATE},
        {"64:ff9b::808:808", TTSS_REACH_PUBLIC},
        {"2002:a00:1::1", TTSS_REACH_PRIVATE},
        {"2001:4860:4860::8888", TTSS_REACH_PUBLIC},
        {"2001:db8::1", TTSS_REACH_PRIVATE},
        {"2001::1", TTSS_REACH_PRIVATE},
        {"3fff::1", TTSS_REACH_PRIVATE},
        {"fc00::1", TTSS_REACH_PRIVATE},
        {"fe80::1", TTSS_REACH_PRIVATE},
        {"ff02::1", TTSS_REACH_PRIVATE},
    };
    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct sockaddr_in v4 = {.sin_family = AF_INET};
        struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
        bool is_v4 = inet_pton(AF_INET, cases[i].text, &v4.sin_addr) == 1;
        assert_true(is_v4 || inet_pton(AF_INET6, cases[i].text, &v6.sin6_addr) == 1);
        enum ttss_reach reach =
            ttss_address_reach(is_v4 ? (const struct sockaddr *)&v4 : (const struct sockaddr *)&v6);
        if (reach != cases[i].reach)
            fail_msg("%s: %d", cases[i].text, (int)reach);
    }
    assert_int_equal(ttss_address_reach(&(struct sockaddr){.sa_family = AF_UNIX}),
                     TTSS_REACH_PRIVATE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_authority_of_ones_own),
        cmocka_unit_test(certificates_that_are_refused),
        cmocka_unit_test(a_certificate_file_that_is_none),
        cmocka_unit_test(a_name_that_is_none),
        cmocka_unit_test(audio_is_fetched_without_the_key),
        cmocka_unit_test(every_address_has_its_audio),
        cmocka_unit_test(fetches_over_tls),
        cmocka_unit_test(fetches_that_fail),
        cmocka_unit_test(addresses_that_are_not_fetched),
        cmocka_unit_test(this_machine_is_for_endpoints_here),
        cmocka_unit_test(outputs_and_their_addresses),
        cmocka_unit_test(addresses_and_their_reach),
    };
    return cmocka_run_group_tests_name("dispatch, TLS and fetching", tests, NULL, NULL);
}
