/* SPDX-License-Identifier: MIT */
/* The server; see fake_net.h. One poll() loop. */
#define _GNU_SOURCE /* strcasestr */
#include "fake_net.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>

#include <cmocka.h>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define CLIENTS_MAX 1024
#define PIECES      16 /* of what is trickled */
#define PAUSE_MS    2

struct fake_client {
    int fd;
    const fake_layer *layer;
    void *session;
    char *bytes;
    size_t length, capacity;
    bool hung;
    char *rest; /* that is trickled */
    size_t rest_length, rest_sent;
};

struct fake_net {
    fake_answer answer;
    void *owner;
    const fake_layer *layer;
    int listener, port, drops;
    int stop[2]; /* a pipe; its closing ends the thread */
    pthread_t thread;
    fake_client clients[CLIENTS_MAX];
    size_t client_count;
    struct pollfd fds[CLIENTS_MAX + 2];
};

/* --- sending ------------------------------------------------------------------------------- */

void fake_send(fake_client *c, const char *bytes, size_t length) {
    while (length) {
        ssize_t sent = c->layer ? c->layer->send(c->session, bytes, length)
                                : send(c->fd, bytes, length, MSG_NOSIGNAL);
        if (sent <= 0)
            return;
        bytes += sent;
        length -= (size_t)sent;
    }
}

void fake_trickle(fake_client *c, const char *bytes, size_t length) {
    c->rest = malloc(length + 1);
    memcpy(c->rest, bytes, length);
    c->rest_length = length;
    c->rest_sent = 0;
}

static void go_on(fake_client *c) {
    size_t left = c->rest_length - c->rest_sent;
    size_t piece = c->rest_length / PIECES + 1;
    fake_send(c, c->rest + c->rest_sent, piece < left ? piece : left);
    c->rest_sent += piece < left ? piece : left;
    if (c->rest_sent < c->rest_length)
        return;
    free(c->rest);
    c->rest = NULL;
}

void fake_hang(fake_client *c) {
    c->hung = true;
}

void fake_reset(fake_client *c) {
    struct linger now = {.l_onoff = 1, .l_linger = 0};
    setsockopt(c->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
}

/* --- reading ------------------------------------------------------------------------------- */

/* Answers what has been read whole; false if the connection is to be closed. */
static bool take_requests(fake_net *net, fake_client *c) {
    while (c->length && !c->hung && !c->rest) {
        char *end = strstr(c->bytes, "\r\n\r\n");
        if (!end)
            return true;
        const char *field = strcasestr(c->bytes, "\r\nContent-Length:");
        size_t body = field && field < end ? strtoul(field + 17, NULL, 10) : 0;
        size_t head = (size_t)(end - c->bytes) + 4;
        if (c->length < head + body)
            return true;
        char *head_text = strndup(c->bytes, head);
        char *body_text = malloc(body + 1); /* it may hold NUL */
        memcpy(body_text, c->bytes + head, body);
        body_text[body] = '\0';
        memmove(c->bytes, c->bytes + head + body, c->length - head - body + 1);
        c->length -= head + body;
        bool stays = net->answer(net->owner, c, head_text, body_text);
        free(head_text);
        free(body_text);
        if (!stays)
            return false;
    }
    return true;
}

static bool read_some(fake_net *net, fake_client *c) {
    if (c->length + 65536 > c->capacity) {
        c->capacity = c->capacity * 2 + 65536 + 1;
        c->bytes = realloc(c->bytes, c->capacity);
    }
    char *to = c->bytes + c->length;
    size_t room = c->capacity - c->length - 1;
    ssize_t got = c->layer ? c->layer->recv(c->session, to, room) : recv(c->fd, to, room, 0);
    if (got <= 0)
        return false;
    c->length += (size_t)got;
    c->bytes[c->length] = '\0';
    return take_requests(net, c);
}

static bool read_client(fake_net *net, fake_client *c) {
    do
        if (!read_some(net, c))
            return false;
    while (c->layer && c->layer->pending(c->session));
    return true;
}

/* --- connections --------------------------------------------------------------------------- */

static void close_client(fake_net *net, size_t i) {
    fake_client *c = &net->clients[i];
    if (c->session)
        c->layer->close(c->session);
    close(c->fd);
    free(c->bytes);
    free(c->rest);
    *c = net->clients[--net->client_count];
}

static void accept_client(fake_net *net) {
    int fd = accept(net->listener, NULL, NULL);
    if (fd < 0)
        return;
    if (net->drops > 0 || net->client_count == CLIENTS_MAX) {
        net->drops--;
        close(fd);
        return;
    }
    struct timeval limit = {.tv_sec = 5};
    int at_once = 1;
    setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    void *session = net->layer ? net->layer->accept(net->layer->context, fd) : NULL;
    if (net->layer && !session) {
        close(fd);
        return;
    }
    net->clients[net->client_count++] =
        (fake_client){.fd = fd, .layer = net->layer, .session = session};
}

/* Backwards: closing moves the last one into the gap. */
static void serve_clients(fake_net *net, size_t count) {
    for (size_t i = count; i-- > 0;) {
        fake_client *c = &net->clients[i];
        bool stays = !net->fds[i + 2].revents || read_client(net, c);
        if (stays && c->rest) {
            go_on(c);
            stays = c->rest || take_requests(net, c);
        }
        if (!stays)
            close_client(net, i);
    }
}

static void *serve(void *argument) {
    fake_net *net = argument;
    sigset_t broken_pipes;
    sigemptyset(&broken_pipes);
    sigaddset(&broken_pipes, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipes, NULL); /* OpenSSL writes without MSG_NOSIGNAL */
    for (;;) {
        size_t count = net->client_count;
        bool trickles = false;
        net->fds[0] = (struct pollfd){.fd = net->stop[0], .events = POLLIN};
        net->fds[1] = (struct pollfd){.fd = net->listener, .events = POLLIN};
        for (size_t i = 0; i < count; i++) {
            net->fds[i + 2] = (struct pollfd){.fd = net->clients[i].fd, .events = POLLIN};
            trickles = trickles || net->clients[i].rest;
        }
        if (poll(net->fds, count + 2, trickles ? PAUSE_MS : -1) < 0 || net->fds[0].revents)
            break;
        serve_clients(net, count);
        if (net->fds[1].revents)
            accept_client(net);
    }
    while (net->client_count)
        close_client(net, 0);
    return NULL;
}

fake_net *fake_net_start(fake_answer answer, void *owner, int drops, const fake_layer *layer) {
    fake_net *net = calloc(1, sizeof *net);
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_addr = {.s_addr = htonl(INADDR_LOOPBACK)}};
    socklen_t size = sizeof address;
    assert_non_null(net);
    net->answer = answer;
    net->owner = owner;
    net->drops = drops;
    net->layer = layer;
    net->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    assert_int_equal(bind(net->listener, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(listen(net->listener, 128), 0);
    assert_int_equal(getsockname(net->listener, (struct sockaddr *)&address, &size), 0);
    assert_int_equal(pipe(net->stop), 0);
    net->port = ntohs(address.sin_port);
    assert_int_equal(pthread_create(&net->thread, NULL, serve, net), 0);
    return net;
}

void fake_net_stop(fake_net *net) {
    close(net->stop[1]);
    pthread_join(net->thread, NULL);
    close(net->stop[0]);
    close(net->listener);
    free(net);
}

int fake_net_port(const fake_net *net) {
    return net->port;
}
