/* SPDX-License-Identifier: MIT */
/* The scripted endpoint; see fake_runpod.h. */
#define _GNU_SOURCE /* strcasestr */
#include "fake_runpod.h"

#include "audio/base64.h"
#include "fake_wav.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

#define JOBS_MAX  1024
#define NAME_MAX_ 48

/* RunPod's limits, in ten seconds. */
#define WINDOW_MS  10000
#define WINDOW_MAX 2000
enum { RUN, STATUS, CANCEL, OPERATIONS };
static const int limits[OPERATIONS] = {[RUN] = 1000, [STATUS] = 2000, [CANCEL] = 100};

typedef struct window {
    int64_t times[WINDOW_MAX]; /* of the last requests, a ring */
    size_t next, count;
} window;

typedef struct job_state {
    char name[NAME_MAX_];
    const fake_job *script;
    int submissions, polls, cancels, fetches, plain_polls, starts, billed_ms;
    bool running;
} job_state;

struct fake_runpod {
    const fake_script *script;
    fake_net *net;
    char endpoint[64];

    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    job_state jobs[JOBS_MAX];
    size_t job_count;
    window windows[OPERATIONS];
    int running, most_running, long_polls, refused;
    char *last_submission, *last_headers;
    char *shown; /* what a getter lent out */
};

static const fake_job plain_job;

/* --- jobs ---------------------------------------------------------------------------------- */

static job_state *find_job(fake_runpod *fake, const char *name) {
    for (size_t i = 0; i < fake->job_count; i++)
        if (strcmp(fake->jobs[i].name, name) == 0)
            return &fake->jobs[i];
    if (fake->job_count == JOBS_MAX)
        abort();
    job_state *job = &fake->jobs[fake->job_count++];
    snprintf(job->name, sizeof job->name, "%s", name);
    job->script = &plain_job;
    for (size_t i = 0; i < fake->script->job_count; i++) {
        const char *scripted = fake->script->jobs[i].name;
        if (scripted ? strcmp(scripted, name) == 0 : job->script == &plain_job)
            job->script = &fake->script->jobs[i];
    }
    return job;
}

static void set_running(fake_runpod *fake, job_state *job, bool running) {
    if (job->running != running)
        fake->running += running ? 1 : -1;
    job->running = running;
    if (fake->running > fake->most_running)
        fake->most_running = fake->running;
}

static void copy_until(char *out, size_t size, const char *start, const char *stops) {
    snprintf(out, size, "%.*s", (int)strcspn(start, stops), start);
}

/* Speech requests have no id: they are told apart by their text. */
static void submission_name(const char *body, char name[NAME_MAX_]) {
    const char *found = strstr(body, "\"request_id\":\""), *text = strstr(body, "\"input\":\"");
    copy_until(name, NAME_MAX_, found ? found + 14 : text ? text + 9 : "", "\"");
}

/* --- answers ------------------------------------------------------------------------------- */

static void send_head(fake_client *c, const fake_step *step, size_t promised) {
    char head[512];
    int n =
        snprintf(head, sizeof head,
                 "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s%s\r\n",
                 step->status ? step->status : 200, step->type ? step->type : "application/json",
                 promised, step->header ? step->header : "", step->header ? "\r\n" : "");
    fake_send(c, head, (size_t)n);
}

static void send_reply(fake_client *c, const fake_step *step, const char *body, size_t length,
                       size_t promised) {
    send_head(c, step, promised);
    fake_send(c, body, length);
}

/* A completed job whose output begins with `start`, goes on with `size` bytes of a text, again and
 * again, and ends with `end`. */
static void send_filled(fake_client *c, const char *start, const char *text, size_t size,
                        const char *end) {
    size_t head = strlen(start), unit = strlen(text), tail = strlen(end);
    char *body = malloc(head + size + unit + tail);
    memcpy(body, start, head);
    for (size_t i = 0; i < size; i += unit)
        memcpy(body + head + i, text, unit);
    memcpy(body + head + size, end, tail);
    send_reply(c, &(fake_step){0}, body, head + size + tail, head + size + tail);
    free(body);
}

static void send_wav(fake_client *c, enum fake_wav kind) {
    size_t size = 0;
    char *file = fake_wav_new(kind, &size);
    ttss_buf text;
    ttss_buf_init(&text, size * 2 + 200);
    ttss_buf_add_text(&text, "{\"status\":\"COMPLETED\",\"output\":{\"audio_base64\":\"");
    ttss_base64_encode(file, size, &text);
    ttss_buf_add_text(&text, "\"}}");
    send_reply(c, &(fake_step){0}, text.data, text.length, text.length);
    ttss_buf_free(&text);
    free(file);
}

/* True if the connection may go on. */
static bool play(fake_client *c, const fake_step *step) {
    const char *body = step->body ? step->body : "";
    size_t length = step->kind == FAKE_BYTES ? step->size : strlen(body);
    switch (step->kind) {
    case FAKE_HANG:
        fake_hang(c);
        return true;
    case FAKE_HUGE:
        send_filled(c, "{\"status\":\"COMPLETED\",\"output\":\"", "A", step->size, "\"}");
        return true;
    case FAKE_AUDIO:
        send_filled(c, "{\"status\":\"COMPLETED\",\"output\":{\"audio_base64\":\"", "YWFh",
                    step->size / 3 * 4, "\"}}");
        return true;
    case FAKE_WAV:
        send_wav(c, step->wav);
        return true;
    case FAKE_SLOW:
        send_head(c, step, length);
        fake_trickle(c, body, length);
        return true;
    case FAKE_STALL:
        send_reply(c, step, body, length / 2, length);
        fake_hang(c);
        return true;
    case FAKE_CUT:
        send_reply(c, step, body, length / 2, length);
        return false;
    case FAKE_RESET:
        fake_reset(c);
        return false;
    case FAKE_REPLY:
    case FAKE_BYTES:
        send_reply(c, step, body, length, length);
        return true;
    default:
        return false;
    }
}

/* --- limits -------------------------------------------------------------------------------- */

static int64_t now_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Whether a request is one too many; the ring keeps as many times as are allowed. */
static bool is_over(fake_runpod *fake, int operation) {
    window *w = &fake->windows[operation];
    int64_t now = now_ms();
    if (!fake->script->limits)
        return false;
    if (w->count == (size_t)limits[operation] && now - w->times[w->next] < WINDOW_MS) {
        fake->refused++;
        return true;
    }
    w->times[w->next] = now;
    w->next = (w->next + 1) % (size_t)limits[operation];
    w->count += w->count < (size_t)limits[operation];
    return false;
}

/* --- requests ------------------------------------------------------------------------------ */

static bool answer_text(fake_client *c, int status, const char *body) {
    return play(c, &(fake_step){.kind = FAKE_REPLY, .status = status, .body = body});
}

static bool run_request(fake_runpod *fake, fake_client *c, const char *body) {
    char name[NAME_MAX_], text[256];
    submission_name(body, name);
    job_state *job = find_job(fake, name);
    int turn = job->submissions++;
    free(fake->last_submission);
    fake->last_submission = strdup(body);
    if (turn < FAKE_STEPS && job->script->run[turn].kind != FAKE_PLAIN) {
        job->starts += job->script->run[turn].starts;
        return play(c, &job->script->run[turn]);
    }
    job->starts++;
    set_running(fake, job, true);
    snprintf(text, sizeof text, "{\"id\":\"job-%s-u1\",\"status\":\"IN_QUEUE\"}", name);
    return answer_text(c, 200, text);
}

/* The answer is the result; a good speech server's is one second of silence. */
static bool call_request(fake_runpod *fake, fake_client *c, const char *body, bool speech) {
    static const char head[44] =
        "RIFF\xa4\xbb\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0"
        "\2\0\x10\0data\x80\xbb";
    char name[NAME_MAX_], text[256];
    submission_name(body, name);
    job_state *job = find_job(fake, name);
    int turn = job->submissions++;
    free(fake->last_submission);
    fake->last_submission = strdup(body);
    if (turn < FAKE_STEPS && job->script->run[turn].kind != FAKE_PLAIN) {
        job->starts += job->script->run[turn].starts;
        return play(c, &job->script->run[turn]);
    }
    job->starts++;
    snprintf(text, sizeof text, "{\"status\":\"success\",\"request_id\":\"%s\"}", name);
    if (!speech)
        return answer_text(c, 200, text);
    char *wav = calloc(1, 48044);
    memcpy(wav, head, sizeof head);
    bool go_on =
        play(c, &(fake_step){.kind = FAKE_BYTES, .body = wav, .size = 48044, .type = "audio/wav"});
    free(wav);
    return go_on;
}

static bool file_request(fake_runpod *fake, fake_client *c, const char *name) {
    job_state *job = find_job(fake, name);
    int turn = job->fetches++;
    if (turn < FAKE_STEPS && job->script->file[turn].kind != FAKE_PLAIN)
        return play(c, &job->script->file[turn]);
    size_t size = 0;
    char *file = fake_wav_new(FAKE_WAV_PCM16, &size);
    bool go_on =
        play(c, &(fake_step){.kind = FAKE_BYTES, .body = file, .size = size, .type = "audio/wav"});
    free(file);
    return go_on;
}

static bool status_request(fake_runpod *fake, fake_client *c, const char *name) {
    char text[2048];
    job_state *job = find_job(fake, name);
    int turn = job->polls++;
    const fake_job *script = job->script;
    if (turn < FAKE_STEPS && script->status[turn].kind != FAKE_PLAIN)
        return play(c, &script->status[turn]);
    int plain = job->plain_polls++;
    if (plain < script->queue_polls)
        snprintf(text, sizeof text, "{\"id\":\"job-%s-u1\",\"status\":\"IN_QUEUE\"}", name);
    else if (plain < script->queue_polls + script->progress_polls)
        snprintf(text, sizeof text,
                 "{\"id\":\"job-%s-u1\",\"status\":\"IN_PROGRESS\",\"output\":{\"part\":%d}}", name,
                 plain);
    else if (script->end)
        snprintf(text, sizeof text, "{\"id\":\"job-%s-u1\",%s}", name, script->end);
    else
        snprintf(text, sizeof text,
                 "{\"delayTime\":12,\"executionTime\":34,\"id\":\"job-%s-u1\",\"workerId\":\"w1\","
                 "\"output\":{\"request_id\":\"%s\"},\"status\":\"COMPLETED\"}",
                 name, name);
    if (plain >= script->queue_polls + script->progress_polls) {
        job->billed_ms += job->running ? 34 : 0;
        set_running(fake, job, false);
    }
    return answer_text(c, 200, text);
}

static bool cancel_request(fake_runpod *fake, fake_client *c, const char *name) {
    char text[128];
    job_state *job = find_job(fake, name);
    job->cancels++;
    set_running(fake, job, false);
    snprintf(text, sizeof text, "{\"id\":\"job-%s-u1\",\"status\":\"CANCELLED\"}", name);
    return answer_text(c, 200, text);
}

static bool key_is_wrong(const fake_runpod *fake, const char *head) {
    char wanted[256];
    if (!fake->script->key)
        return false;
    snprintf(wanted, sizeof wanted, "\r\nAuthorization: Bearer %s\r\n", fake->script->key);
    return !strstr(head, wanted);
}

static bool answer_request(fake_runpod *fake, fake_client *c, const char *head, const char *body) {
    char path[128], name[NAME_MAX_];
    const char *start = strchr(head, '/');
    copy_until(path, sizeof path, start ? start : "", " ");
    const char *rest = strncmp(path, "/v2/test/", 9) == 0 ? path + 9 : "";
    const char *id = strstr(rest, "/job-");
    copy_until(name, sizeof name, id ? id + 5 : "", "");
    name[strcspn(name, "?")] = '\0';
    if (strlen(name) > 3)
        name[strlen(name) - 3] = '\0'; /* "-u1" */
    free(fake->last_headers);
    fake->last_headers = strdup(head);
    if (strncmp(path, "/files/", 7) == 0) {
        path[7 + strcspn(path + 7, "?")] = '\0';
        return file_request(fake, c, path + 7);
    }
    if (key_is_wrong(fake, head)) {
        char text[512];
        const char *given = strstr(head, "Bearer ");
        char key[256];
        copy_until(key, sizeof key, given ? given + 7 : "", "\r");
        snprintf(text, sizeof text, "{\"error\":\"key %s is not known\"}", key);
        return answer_text(c, 401, text);
    }
    if (strcmp(path, "/call?x=1") == 0 || strcmp(path, "/v1/audio/speech") == 0)
        return call_request(fake, c, body, path[1] == 'v');
    int operation = strcmp(rest, "run") == 0           ? RUN
                    : strncmp(rest, "status", 6) == 0  ? STATUS
                    : strncmp(rest, "cancel/", 7) == 0 ? CANCEL
                                                       : OPERATIONS;
    if (operation < OPERATIONS && is_over(fake, operation))
        return answer_text(c, 429, "{\"error\":\"too many requests\"}");
    if (operation == RUN)
        return run_request(fake, c, body);
    fake->long_polls += strncmp(rest, "status-sync/", 12) == 0;
    if (fake->script->page && fake->long_polls == 1 && strncmp(rest, "status-sync/", 12) == 0)
        return answer_text(c, 200, fake->script->page);
    if (strncmp(rest, "status/", 7) == 0 ||
        (strncmp(rest, "status-sync/", 12) == 0 && fake->script->long_poll))
        return status_request(fake, c, name);
    if (strncmp(rest, "cancel/", 7) == 0)
        return cancel_request(fake, c, name);
    if (strcmp(rest, "health") == 0)
        return answer_text(c, fake->script->health_status,
                           fake->script->health ? fake->script->health
                                                : "{\"jobs\":{\"inQueue\":0}}");
    return answer_text(c, 404, "{\"error\":\"no such path\"}");
}

static bool answer_locked(void *owner, fake_client *c, const char *head, const char *body) {
    fake_runpod *fake = owner;
    pthread_mutex_lock(&fake->lock);
    bool go_on = answer_request(fake, c, head, body);
    pthread_cond_broadcast(&fake->changed);
    pthread_mutex_unlock(&fake->lock);
    return go_on;
}

fake_runpod *fake_start(const fake_script *script) {
    fake_runpod *fake = calloc(1, sizeof *fake);
    assert_non_null(fake);
    fake->script = script;
    pthread_mutex_init(&fake->lock, NULL);
    pthread_cond_init(&fake->changed, NULL);
    fake->net = fake_net_start(answer_locked, fake, script->drops, script->layer);
    snprintf(fake->endpoint, sizeof fake->endpoint, "http%s://127.0.0.1:%d/v2/test",
             script->layer ? "s" : "", fake_net_port(fake->net));
    return fake;
}

void fake_stop(fake_runpod *fake) {
    fake_net_stop(fake->net);
    pthread_cond_destroy(&fake->changed);
    pthread_mutex_destroy(&fake->lock);
    free(fake->last_submission);
    free(fake->last_headers);
    free(fake->shown);
    free(fake);
}

/* --- what it saw --------------------------------------------------------------------------- */

const char *fake_endpoint(const fake_runpod *fake) {
    return fake->endpoint;
}

static int sum(fake_runpod *fake, const char *name, size_t member) {
    int total = 0;
    pthread_mutex_lock(&fake->lock);
    for (size_t i = 0; i < fake->job_count; i++)
        if (!name || strcmp(fake->jobs[i].name, name) == 0)
            total += *(const int *)((const char *)&fake->jobs[i] + member);
    pthread_mutex_unlock(&fake->lock);
    return total;
}

int fake_submissions(fake_runpod *fake, const char *name) {
    return sum(fake, name, offsetof(job_state, submissions));
}

int fake_polls(fake_runpod *fake, const char *name) {
    return sum(fake, name, offsetof(job_state, polls));
}

int fake_long_polls(fake_runpod *fake) {
    pthread_mutex_lock(&fake->lock);
    int count = fake->long_polls;
    pthread_mutex_unlock(&fake->lock);
    return count;
}

int fake_cancels(fake_runpod *fake, const char *name) {
    return sum(fake, name, offsetof(job_state, cancels));
}

int fake_fetches(fake_runpod *fake, const char *name) {
    return sum(fake, name, offsetof(job_state, fetches));
}

int fake_billed_ms(fake_runpod *fake) {
    return sum(fake, NULL, offsetof(job_state, billed_ms));
}

int fake_refused(fake_runpod *fake) {
    pthread_mutex_lock(&fake->lock);
    int count = fake->refused;
    pthread_mutex_unlock(&fake->lock);
    return count;
}

int fake_duplicates(fake_runpod *fake) {
    int count = 0;
    pthread_mutex_lock(&fake->lock);
    for (size_t i = 0; i < fake->job_count; i++)
        count += fake->jobs[i].starts > 1 ? fake->jobs[i].starts - 1 : 0;
    pthread_mutex_unlock(&fake->lock);
    return count;
}

int fake_most_running(fake_runpod *fake) {
    pthread_mutex_lock(&fake->lock);
    int most = fake->most_running;
    pthread_mutex_unlock(&fake->lock);
    return most;
}

static const char *lend(fake_runpod *fake, char *const *text) {
    pthread_mutex_lock(&fake->lock);
    free(fake->shown);
    fake->shown = strdup(*text ? *text : "");
    pthread_mutex_unlock(&fake->lock);
    return fake->shown;
}

const char *fake_last_submission(fake_runpod *fake) {
    return lend(fake, &fake->last_submission);
}

const char *fake_last_headers(fake_runpod *fake) {
    return lend(fake, &fake->last_headers);
}

static int total(const fake_runpod *fake, bool polls) {
    int count = 0;
    for (size_t i = 0; i < fake->job_count; i++)
        count += polls ? fake->jobs[i].polls : fake->jobs[i].submissions;
    return count;
}

bool fake_wait(fake_runpod *fake, int submissions, int polls) {
    struct timespec until;
    bool reached = false;
    clock_gettime(CLOCK_REALTIME, &until);
    until.tv_sec += 10;
    pthread_mutex_lock(&fake->lock);
    do
        reached = total(fake, false) >= submissions && total(fake, true) >= polls;
    while (!reached && pthread_cond_timedwait(&fake->changed, &fake->lock, &until) == 0);
    pthread_mutex_unlock(&fake->lock);
    return reached;
}
