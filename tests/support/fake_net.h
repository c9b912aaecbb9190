/* SPDX-License-Identifier: MIT */
/* A web server on 127.0.0.1 of one thread and plain sockets, so that it can misbehave in ways that
 * an HTTP library would not allow. A request is answered as soon as it has been read whole. */
#ifndef TTSS_TESTS_FAKE_NET_H
#define TTSS_TESTS_FAKE_NET_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

typedef struct fake_net fake_net;
typedef struct fake_client fake_client; /* a connection */

/* TLS over a connection; NULL in the place of one: none. */
typedef struct fake_layer {
    void *context;
    void *(*accept)(void *context, int fd); /* NULL: it failed */
    ssize_t (*recv)(void *session, void *bytes, size_t size);
    ssize_t (*send)(void *session, const void *bytes, size_t size);
    bool (*pending)(void *session); /* more was read than was taken */
    void (*close)(void *session);
} fake_layer;

/* Answers a request; false: the connection is closed. On the server's thread. The body has the
 * bytes that Content-Length names, and a NUL behind them. */
typedef bool (*fake_answer)(void *owner, fake_client *client, const char *head, const char *body);

/* The first `drops` connections are closed before anything is read. Ends the test if there is no
 * socket. */
fake_net *fake_net_start(fake_answer answer, void *owner, int drops, const fake_layer *layer);
void fake_net_stop(fake_net *net);
int fake_net_port(const fake_net *net);

void fake_send(fake_client *client, const char *bytes, size_t length);
void fake_trickle(fake_client *client, const char *bytes, size_t length); /* bit by bit, later */
void fake_hang(fake_client *client);                                      /* no answer ever again */
void fake_reset(fake_client *client); /* closing it will be a reset */

#endif
