/* SPDX-License-Identifier: MIT */
/* The endpoint of `./dev bench dispatch`: one epoll loop that answers after the milliseconds that
 * a request names ("ms" in its body), with a small reply or one of about 1.28 MB ("audio":1). It
 * speaks RunPod's /run, /status and /status-sync, and /runsync for clients that wait in one
 * request. Jobs are not stored: an id says when its job is done and how long it takes; but those
 * under way are counted, for /health, and those that name a "slow" time are known, which is theirs
 * on their first worker. SIGTERM ends it. */
#define _GNU_SOURCE

#include <inttypes.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define CLIENTS_MAX 2048
#define REQUEST_MAX 16384
#define AUDIO_BYTES 960000

typedef struct client {
    int fd;
    size_t length;    /* of what was read */
    const char *rest; /* of an answer that the socket did not take at once */
    size_t rest_length;
    int64_t due_us;  /* 0: no answer is due later */
    char later[256]; /* that answer's job id */
    bool closed;
    char bytes[REQUEST_MAX + 1];
} client;

static client *clients[CLIENTS_MAX];
static size_t client_count;
static int loop_fd, timer_fd;
static char *audio_answer; /* whole, but for the id */
static size_t audio_length;
static int long_poll = 1;
static int64_t audio_ms = -1; /* each job is one of audio that takes so long; -1: as it says */
static long requests, submissions;

#define JOBS_MAX 4096
#define WORKERS  25
static struct {
    char id[64];
    int64_t done_us;
} under_way[JOBS_MAX]; /* a ring */
static size_t job_count;
static bool seen[JOBS_MAX]; /* slow jobs, by their number "n" */

static int64_t now_us(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

/* A WAV of noise in base64; noise, so that nothing on the way can save work. */
static void make_audio(void) {
    static const char letters[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    static const char head[] =
        "{\"delayTime\":12,\"executionTime\":34,\"id\":\"a-0-u1\",\"output\":"
        "{\"status\":\"success\",\"sample_rate\":24000,\"audio_base64\":\"";
    static const char tail[] =
        "\",\"best_score\":97.5},\"status\":\"COMPLETED\",\"workerId\":\"w\"}";
    unsigned char wav[AUDIO_BYTES] = "RIFF....WAVEfmt \x10\0\0\0\1\0\1\0\xc0\x5d\0\0\x80\xbb\0\0"
                                     "\2\0\x10\0data";
    uint32_t state = 1, size = AUDIO_BYTES - 44, whole = AUDIO_BYTES - 8;
    memcpy(wav + 4, &whole, 4);
    memcpy(wav + 40, &size, 4);
    for (size_t i = 44; i < AUDIO_BYTES; i++) {
        state = state * 1664525 + 1013904223;
        wav[i] = (unsigned char)(state >> 24);
    }
    size_t body = sizeof head - 1 + AUDIO_BYTES / 3 * 4 + sizeof tail - 1;
    audio_answer = malloc(body + 256);
    char *p = audio_answer + sprintf(audio_answer,
                                     "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"
                                     "Content-Length: %zu\r\n\r\n%s",
                                     body, head);
    for (size_t i = 0; i < AUDIO_BYTES; i += 3, p += 4) {
        uint32_t bits = (uint32_t)wav[i] << 16 | (uint32_t)wav[i + 1] << 8 | wav[i + 2];
        for (int k = 0; k < 4; k++)
            p[k] = letters[bits >> (18 - 6 * k) & 63];
    }
    memcpy(p, tail, sizeof tail - 1);
    audio_length = (size_t)(p - audio_answer) + sizeof tail - 1;
}

static void watch(client *c, uint32_t events) {
    struct epoll_event event = {.events = events, .data.ptr = c};
    epoll_ctl(loop_fd, EPOLL_CTL_MOD, c->fd, &event);
}

static void send_rest(client *c) {
    while (c->rest_length) {
        ssize_t sent = send(c->fd, c->rest, c->rest_length, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent <= 0)
            break;
        c->rest += sent;
        c->rest_length -= (size_t)sent;
    }
    watch(c, c->rest_length ? EPOLLIN | EPOLLOUT : EPOLLIN);
}

static void answer(client *c, int status, const char *body) {
    char text[1024];
    int length = snprintf(text, sizeof text,
                          "HTTP/1.1 %d X\r\nContent-Type: application/json\r\n"
                          "Content-Length: %zu\r\n\r\n%s",
                          status, strlen(body), body);
    (void)!send(c->fd, text, (size_t)length, MSG_NOSIGNAL);
}

/* What /status says about a job whose id is KIND-MICROSECONDS-MILLISECONDS-u1. */
static void answer_status(client *c, const char *id) {
    char body[512];
    bool done = strtoll(id + 2, NULL, 10) <= now_us();
    if (done && id[0] == 'a') {
        c->rest = audio_answer;
        c->rest_length = audio_length;
        send_rest(c);
        return;
    }
    const char *ms = strchr(id + 2, '-');
    if (done)
        snprintf(body, sizeof body,
                 "{\"delayTime\":0,\"executionTime\":%ld,\"id\":\"%s\",\"output\":{\"status\":"
                 "\"success\",\"best_score\":97.5},\"status\":\"COMPLETED\",\"workerId\":\"w\"}",
                 ms ? strtol(ms + 1, NULL, 10) : 0, id);
    else
        snprintf(body, sizeof body, "{\"delayTime\":0,\"id\":\"%s\",\"status\":\"IN_PROGRESS\"}",
                 id);
    answer(c, 200, body);
}

static void answer_later(client *c, const char *id, int64_t due_us) {
    snprintf(c->later, sizeof c->later, "%s", id);
    c->due_us = due_us;
    if (due_us <= now_us()) {
        c->due_us = 0;
        answer_status(c, id);
    }
}

static int64_t number_after(const char *text, const char *key) {
    const char *found = strstr(text, key);
    return found ? strtoll(found + strlen(key), NULL, 10) : 0;
}

static void new_job(const char *body, char *id, size_t size) {
    int64_t ms = number_after(body, "\"ms\":"), slow = number_after(body, "\"slow\":");
    size_t n = (size_t)number_after(body, "\"n\":") % JOBS_MAX;
    if (slow && !seen[n]) {
        seen[n] = true;
        ms = slow;
    }
    if (audio_ms >= 0)
        ms = audio_ms;
    int64_t done = now_us() + ms * 1000;
    snprintf(id, size, "%c-%" PRId64 "-%" PRId64 "-u%ld",
             audio_ms >= 0 || number_after(body, "\"audio\":") ? 'a' : 's', done, ms,
             ++submissions);
    under_way[job_count % JOBS_MAX].done_us = done;
    snprintf(under_way[job_count++ % JOBS_MAX].id, 64, "%s", id);
}

static int64_t running(void) {
    int64_t now = now_us(), count = 0;
    for (size_t i = 0; i < JOBS_MAX; i++)
        count += under_way[i].done_us > now;
    return count;
}

static void cancel(const char *id) {
    for (size_t i = 0; i < JOBS_MAX; i++)
        if (strcmp(under_way[i].id, id) == 0)
            under_way[i].done_us = 0;
}

static void take_request(client *c, const char *path, const char *body) {
    char id[128], text[256];
    requests++;
    const char *last = strrchr(path, '/');
    if (strcmp(last, "/run") == 0) {
        new_job(body, id, sizeof id);
        snprintf(text, sizeof text, "{\"id\":\"%s\",\"status\":\"IN_QUEUE\"}", id);
        answer(c, 200, text);
    } else if (strncmp(last, "/runsync", 8) == 0) {
        new_job(body, id, sizeof id);
        answer_later(c, id, strtoll(id + 2, NULL, 10));
    } else if (strstr(path, "/status-sync/") && long_poll) {
        int64_t wait = number_after(last, "wait=");
        snprintf(id, sizeof id, "%.*s", (int)strcspn(last + 1, "?"), last + 1);
        int64_t done = strtoll(id + 2, NULL, 10), limit = now_us() + (wait ? wait : 10000) * 1000;
        answer_later(c, id, done < limit ? done : limit);
    } else if (strstr(path, "/status/")) {
        answer_status(c, last + 1);
    } else if (strcmp(last, "/count") == 0) {
        snprintf(text, sizeof text, "{\"requests\":%ld}", requests - 1);
        answer(c, 200, text);
    } else if (strcmp(last, "/health") == 0) {
        int64_t idle = WORKERS - running();
        snprintf(text, sizeof text, "{\"workers\":{\"idle\":%" PRId64 "}}", idle > 0 ? idle : 0);
        answer(c, 200, text);
    } else if (strstr(path, "/cancel/")) {
        cancel(last + 1);
        answer(c, 200, "{}");
    } else {
        answer(c, 404, "{}");
    }
}

static void read_client(client *c) {
    ssize_t got = recv(c->fd, c->bytes + c->length, REQUEST_MAX - c->length, MSG_DONTWAIT);
    if (got <= 0) {
        c->closed = true;
        return;
    }
    c->length += (size_t)got;
    c->bytes[c->length] = '\0';
    char *end = strstr(c->bytes, "\r\n\r\n");
    if (!end)
        return;
    const char *field = strcasestr(c->bytes, "\r\nContent-Length:");
    size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
    if (c->length < (size_t)(end + 4 - c->bytes) + body)
        return;
    char path[512];
    const char *start = strchr(c->bytes, ' ');
    snprintf(path, sizeof path, "%.*s", (int)strcspn(start + 1, " "), start + 1);
    c->length = 0; /* nobody here sends ahead */
    take_request(c, path, end + 4);
}

static void accept_clients(int listener) {
    int at_once = 1;
    for (int fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK); fd >= 0;
         fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) {
        if (client_count == CLIENTS_MAX)
            abort();
        client *c = calloc(1, sizeof *c);
        c->fd = fd;
        setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
        struct epoll_event event = {.events = EPOLLIN, .data.ptr = c};
        epoll_ctl(loop_fd, EPOLL_CTL_ADD, fd, &event);
        clients[client_count++] = c;
    }
}

/* Answers what is due, forgets who left, and sets the timer for the next. */
static void look_around(void) {
    int64_t now = now_us(), next = INT64_MAX;
    for (size_t i = 0; i < client_count;) {
        client *c = clients[i];
        if (c->closed) {
            close(c->fd);
            free(c);
            clients[i] = clients[--client_count];
            continue;
        }
        if (c->due_us && c->due_us <= now) {
            c->due_us = 0;
            answer_status(c, c->later);
        }
        if (c->due_us && c->due_us < next)
            next = c->due_us;
        i++;
    }
    struct itimerspec at = {0};
    if (next != INT64_MAX)
        at.it_value = (struct timespec){next / 1000000, next % 1000000 * 1000};
    timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

int main(int argc, char **argv) {
    struct sockaddr_in address = {.sin_family = AF_INET, .sin_addr = {htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    if (argc > 2 && strcmp(argv[1], "--audio") == 0)
        audio_ms = atoi(argv[2]);
    long_poll = argc < 2 || strcmp(argv[1], "--no-long-poll") != 0;
    if (bind(listener, (struct sockaddr *)&address, sizeof address) != 0 ||
        listen(listener, 1024) != 0 ||
        getsockname(listener, (struct sockaddr *)&address, &size) != 0)
        return 1;
    make_audio();
    loop_fd = epoll_create1(0);
    timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
    struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};
    struct epoll_event tick = {.events = EPOLLIN, .data.ptr = &timer_fd};
    epoll_ctl(loop_fd, EPOLL_CTL_ADD, listener, &event);
    epoll_ctl(loop_fd, EPOLL_CTL_ADD, timer_fd, &tick);
    printf("http://127.0.0.1:%d/v2/bench\n", ntohs(address.sin_port));
    fflush(stdout);
    for (;;) {
        struct epoll_event events[256];
        int count = epoll_wait(loop_fd, events, 256, -1);
        for (int i = 0; i < count; i++) {
            if (!events[i].data.ptr) {
                accept_clients(listener);
            } else if (events[i].data.ptr == &timer_fd) {
                uint64_t ticks;
                (void)!read(timer_fd, &ticks, sizeof ticks);
            } else {
                client *c = events[i].data.ptr;
                if (events[i].events & EPOLLOUT)
                    send_rest(c);
                if (events[i].events & (EPOLLIN | EPOLLHUP | EPOLLERR))
                    read_client(c);
            }
        }
        look_around();
    }
}
