/* SPDX-License-Identifier: MIT */
/* The scripted endpoint; see fake_runpod.h. One poll() loop; a request is answered as soon as it
 * has been read whole. */
#define _GNU_SOURCE /* strcasestr */
#include "fake_runpod.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 512
#define JOBS_MAX    1024
#define NAME_MAX_   48

typedef struct client {
    int fd;
    char *bytes;
    size_t length, capacity;
    bool hung; /* gets no answer any more */
} client;

typedef struct job_state {
    char name[NAME_MAX_];
    const fake_job *script;
    int submissions, polls, cancels, plain_polls;
    bool running;
} job_state;

struct fake_runpod {
    const fake_script *script;
    char endpoint[64];
    int listener;
    int stop[2]; /* a pipe; its closing ends the thread */
    pthread_t thread;
    client clients[CLIENTS_MAX];
    size_t client_count;
    int drops_left;

    pthread_mutex_t lock; /* all below */
    pthread_cond_t changed;
    job_state jobs[JOBS_MAX];
    size_t job_count;
    int running, most_running, long_polls;
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

static void send_all(int fd, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

static void send_reply(int fd, const fake_step *step, const char *body, size_t length,
                       size_t promised) {
    char head[512];
    int n =
        snprintf(head, sizeof head,
                 "HTTP/1.1 %d Scripted\r\nContent-Type: %s\r\nContent-Length: %zu\r\n%s%s\r\n",
                 step->status ? step->status : 200, step->type ? step->type : "application/json",
                 promised, step->header ? step->header : "", step->header ? "\r\n" : "");
    send_all(fd, head, (size_t)n);
    send_all(fd, body, length);
}

static void send_huge(int fd, size_t size) {
    char *body = malloc(size + 64);
    int head = snprintf(body, 64, "{\"status\":\"COMPLETED\",\"output\":\"");
    memset(body + head, 'A', size);
    memcpy(body + (size_t)head + size, "\"}", 2);
    size_t length = (size_t)head + size + 2;
    send_reply(fd, &(fake_step){0}, body, length, length);
    free(body);
}

static void send_audio(int fd, size_t size) {
    char *body = malloc(size / 3 * 4 + 128);
    int head = snprintf(body, 128, "{\"status\":\"COMPLETED\",\"output\":{\"audio_base64\":\"");
    size_t length = (size_t)head;
    for (size_t i = 0; i < size; i += 3, length += 4)
        memcpy(body + length, "YWFh", 4);
    memcpy(body + length, "\"}}", 3);
    send_reply(fd, &(fake_step){0}, body, length + 3, length + 3);
    free(body);
}

/* True if the connection may go on. */
static bool play(client *c, const fake_step *step) {
    const char *body = step->body ? step->body : "";
    size_t length = step->kind == FAKE_BYTES ? step->size : strlen(body);
    if (step->kind == FAKE_HANG)
        c->hung = true;
    else if (step->kind == FAKE_HUGE)
        send_huge(c->fd, step->size);
    else if (step->kind == FAKE_AUDIO)
        send_audio(c->fd, step->size);
    else if (step->kind == FAKE_CUT)
        send_reply(c->fd, step, body, length / 2, length);
    else if (step->kind == FAKE_REPLY || step->kind == FAKE_BYTES)
        send_reply(c->fd, step, body, length, length);
    return step->kind != FAKE_CLOSE && step->kind != FAKE_CUT;
}

static bool answer_text(client *c, int status, const char *body) {
    return play(c, &(fake_step){.kind = FAKE_REPLY, .status = status, .body = body});
}

static bool run_request(fake_runpod *fake, client *c, const char *body) {
    char name[NAME_MAX_], text[256];
    submission_name(body, name);
    job_state *job = find_job(fake, name);
    int turn = job->submissions++;
    free(fake->last_submission);
    fake->last_submission = strdup(body);
    if (turn < FAKE_STEPS && job->script->run[turn].kind != FAKE_PLAIN)
        return play(c, &job->script->run[turn]);
    set_running(fake, job, true);
    snprintf(text, sizeof text, "{\"id\":\"job-%s-u1\",\"status\":\"IN_QUEUE\"}", name);
    return answer_text(c, 200, text);
}

/* The answer is the result; a good speech server's is one second of silence. */
static bool call_request(fake_runpod *fake, client *c, const char *body, bool speech) {
    static const char head[44] =
        "RIFF\xa4\xbb\0\0WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0"
        "\2\0\x10\0data\x80\xbb";
    char name[NAME_MAX_], text[256];
    submission_name(body, name);
    job_state *job = find_job(fake, name);
    int turn = job->submissions++;
    free(fake->last_submission);
    fake->last_submission = strdup(body);
    if (turn < FAKE_STEPS && job->script->run[turn].kind != FAKE_PLAIN)
        return play(c, &job->script->run[turn]);
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

static bool status_request(fake_runpod *fake, client *c, const char *name) {
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
    if (plain >= script->queue_polls + script->progress_polls)
        set_running(fake, job, false);
    return answer_text(c, 200, text);
}

static bool cancel_request(fake_runpod *fake, client *c, const char *name) {
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

static bool answer_request(fake_runpod *fake, client *c, const char *head, const char *body) {
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
    if (strcmp(rest, "run") == 0)
        return run_request(fake, c, body);
    fake->long_polls += strncmp(rest, "status-sync/", 12) == 0;
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

/* --- sockets ------------------------------------------------------------------------------- */

/* Answers what has been read whole; false if the connection is to be closed. */
static bool take_requests(fake_runpod *fake, client *c) {
    while (c->length && !c->hung) {
        char *end = strstr(c->bytes, "\r\n\r\n");
        if (!end)
            return true;
        const char *field = strcasestr(c->bytes, "\r\nContent-Length:");
        size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
        size_t head = (size_t)(end - c->bytes) + 4;
        if (c->length < head + body)
            return true;
        char *head_text = strndup(c->bytes, head);
        char *body_text = strndup(c->bytes + head, body);
        memmove(c->bytes, c->bytes + head + body, c->length - head - body + 1);
        c->length -= head + body;
        pthread_mutex_lock(&fake->lock);
        bool go_on = answer_request(fake, c, head_text, body_text);
        pthread_cond_broadcast(&fake->changed);
        pthread_mutex_unlock(&fake->lock);
        free(head_text);
        free(body_text);
        if (!go_on)
            return false;
    }
    return true;
}

static bool read_client(fake_runpod *fake, client *c) {
    if (c->length + 65536 > c->capacity) {
        c->capacity = c->capacity * 2 + 65536 + 1;
        c->bytes = realloc(c->bytes, c->capacity);
    }
    ssize_t got = recv(c->fd, c->bytes + c->length, c->capacity - c->length - 1, 0);
    if (got <= 0)
        return false;
    c->length += (size_t)got;
    c->bytes[c->length] = '\0';
    return take_requests(fake, c);
}

static void close_client(fake_runpod *fake, size_t i) {
    close(fake->clients[i].fd);
    free(fake->clients[i].bytes);
    fake->clients[i] = fake->clients[--fake->client_count];
}

static void accept_client(fake_runpod *fake) {
    int fd = accept(fake->listener, NULL, NULL);
    if (fd < 0)
        return;
    if (fake->drops_left > 0 || fake->client_count == CLIENTS_MAX) {
        fake->drops_left--;
        close(fd);
        return;
    }
    struct timeval limit = {.tv_sec = 5};
    int at_once = 1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    fake->clients[fake->client_count++] = (client){.fd = fd};
}

static void *serve(void *argument) {
    fake_runpod *fake = argument;
    static _Thread_local struct pollfd fds[CLIENTS_MAX + 2];
    for (;;) {
        size_t count = fake->client_count;
        fds[0] = (struct pollfd){.fd = fake->stop[0], .events = POLLIN};
        fds[1] = (struct pollfd){.fd = fake->listener, .events = POLLIN};
        for (size_t i = 0; i < count; i++)
            fds[i + 2] = (struct pollfd){.fd = fake->clients[i].fd, .events = POLLIN};
        if (poll(fds, count + 2, -1) < 0 || fds[0].revents)
            break;
        /* Backwards: closing moves the last one into the gap. */
        for (size_t i = count; i-- > 0;)
            if (fds[i + 2].revents && !read_client(fake, &fake->clients[i]))
                close_client(fake, i);
        if (fds[1].revents)
            accept_client(fake);
    }
    while (fake->client_count)
        close_client(fake, 0);
    return NULL;
}

fake_runpod *fake_start(const fake_script *script) {
    fake_runpod *fake = calloc(1, sizeof *fake);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    assert_non_null(fake);
    fake->script = script;
    fake->drops_left = script->drops;
    fake->listener = socket(AF_INET, SOCK_STREAM, 0);
    assert_int_equal(bind(fake->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(fake->listener, 128), 0);
    assert_int_equal(getsockname(fake->listener, (struct sockaddr *)&address, &size), 0);
    assert_int_equal(pipe(fake->stop), 0);
    snprintf(fake->endpoint, sizeof fake->endpoint, "http://127.0.0.1:%d/v2/test",
             ntohs(address.sin_port));
    pthread_mutex_init(&fake->lock, NULL);
    pthread_cond_init(&fake->changed, NULL);
    assert_int_equal(pthread_create(&fake->thread, NULL, serve, fake), 0);
    return fake;
}

void fake_stop(fake_runpod *fake) {
    close(fake->stop[1]);
    pthread_join(fake->thread, NULL);
    close(fake->stop[0]);
    close(fake->listener);
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
