/* SPDX-License-Identifier: MIT */
/* One transfer over libcurl; see line.h. The multi interface is used for its own sake with a single
 * handle: between two looks at the sockets a wish to stop is seen. */
#include "engine/line.h"

#include "base/clock.h"
#include "base/mem.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define LOOK_MS 50 /* how soon a wish to stop is seen */

/* --- lines --------------------------------------------------------------------------------- */

/* In a child a good-bye would end what the parent has under way: there it is only forgotten. */
static void destroy(ttss_line *line) {
    if (line->owner == getpid()) {
        curl_easy_cleanup(line->easy);
        curl_multi_cleanup(line->multi);
    }
    free(line);
}

ttss_line *ttss_line_take(ttss_service *service) {
    pthread_mutex_lock(&service->lock);
    ttss_line *line = service->spare;
    if (line)
        service->spare = line->next;
    pthread_mutex_unlock(&service->lock);
    if (line && line->owner == getpid())
        return line;
    if (line)
        destroy(line);
    line = ttss_new(ttss_line);
    if (!line)
        return NULL;
    line->owner = getpid();
    line->easy = curl_easy_init();
    line->multi = curl_multi_init();
    if (line->easy && line->multi)
        return line;
    destroy(line);
    return NULL;
}

void ttss_line_give(ttss_service *service, ttss_line *line) {
    pthread_mutex_lock(&service->lock);
    line->next = service->spare;
    service->spare = line;
    pthread_mutex_unlock(&service->lock);
}

void ttss_lines_free(ttss_line *line) {
    while (line) {
        ttss_line *next = line->next;
        destroy(line);
        line = next;
    }
}

/* --- bodies -------------------------------------------------------------------------------- */

typedef struct transfer {
    ttss_line *line;
    const ttss_sound *file;
    size_t sent;
    bool too_large; /* the answer */
    ttss_response *response;
    struct curl_slist *headers;
    curl_mime *form;
} transfer;

static size_t send_file(char *to, size_t size, size_t count, void *user_data) {
    transfer *t = user_data;
    size_t n = ttss_sound_read(t->file, t->sent, to, size * count);
    t->sent += n;
    return n;
}

static int rewind_file(void *user_data, curl_off_t offset, int origin) {
    transfer *t = user_data;
    if (origin != SEEK_SET || offset < 0 || (size_t)offset > ttss_sound_size(t->file))
        return CURL_SEEKFUNC_FAIL;
    t->sent = (size_t)offset;
    return CURL_SEEKFUNC_OK;
}

static size_t receive(char *bytes, size_t size, size_t count, void *user_data) {
    transfer *t = user_data;
    ttss_buf *body = &t->response->body;
    t->too_large = size * count > body->maximum - body->length;
    return !t->too_large && ttss_buf_add(body, bytes, size * count) ? size * count : 0;
}

static bool add_header(transfer *t, const char *header) {
    struct curl_slist *longer = curl_slist_append(t->headers, header);
    if (longer)
        t->headers = longer;
    return longer != NULL;
}

static bool set_headers(transfer *t, const ttss_service *service, const ttss_question *question) {
    ttss_buf key;
    ttss_buf_init(&key, TTSS_API_KEY_MAX + 64);
    ttss_buf_printf(&key, "Authorization: %s%s", service->kind->authorization, service->key);
    /* Without "Expect:" a long body waits for the server's leave first. */
    bool fine = !key.failed && add_header(t, "Expect:");
    if (fine && service->key[0])
        fine = add_header(t, key.data);
    if (fine && question->json)
        fine = add_header(t, "Content-Type: application/json");
    else if (fine && question->file && !question->field_count)
        fine = add_header(t, "Content-Type: application/octet-stream");
    ttss_buf_free(&key);
    return fine && curl_easy_setopt(t->line->easy, CURLOPT_HTTPHEADER, t->headers) == CURLE_OK;
}

static bool add_field(curl_mime *form, const ttss_field *field) {
    curl_mimepart *part = curl_mime_addpart(form);
    return part && curl_mime_name(part, field->name) == CURLE_OK &&
           curl_mime_data(part, field->value, CURL_ZERO_TERMINATED) == CURLE_OK;
}

static bool set_form(transfer *t, const ttss_question *question) {
    t->form = curl_mime_init(t->line->easy);
    curl_mimepart *file = t->form ? curl_mime_addpart(t->form) : NULL;
    bool fine = file && curl_mime_name(file, "file") == CURLE_OK &&
                curl_mime_filename(file, t->file->name) == CURLE_OK &&
                curl_mime_type(file, t->file->type) == CURLE_OK &&
                curl_mime_data_cb(file, (curl_off_t)ttss_sound_size(t->file), send_file,
                                  rewind_file, NULL, t) == CURLE_OK;
    for (size_t i = 0; fine && i < question->field_count; i++)
        fine = add_field(t->form, &question->fields[i]);
    return fine && curl_easy_setopt(t->line->easy, CURLOPT_MIMEPOST, t->form) == CURLE_OK;
}

static bool set_body(transfer *t, const ttss_question *question) {
    CURL *easy = t->line->easy;
    if (question->field_count)
        return set_form(t, question);
    if (question->json)
        return curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE,
                                (curl_off_t)strlen(question->json)) == CURLE_OK &&
               curl_easy_setopt(easy, CURLOPT_POSTFIELDS, question->json) == CURLE_OK;
    if (!question->file)
        return true;
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)ttss_sound_size(t->file));
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, send_file);
    curl_easy_setopt(easy, CURLOPT_READDATA, t);
    curl_easy_setopt(easy, CURLOPT_SEEKFUNCTION, rewind_file);
    curl_easy_setopt(easy, CURLOPT_SEEKDATA, t);
    return true;
}

static bool set_up(transfer *t, const ttss_service *service, const ttss_question *question,
                   int64_t timeout_ms) {
    CURL *easy = t->line->easy;
    curl_easy_reset(easy);
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, t->line->trouble);
    curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, (curl_off_t)service->max_reply);
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, (long)timeout_ms);
    curl_easy_setopt(
        easy, CURLOPT_CONNECTTIMEOUT_MS,
        (long)(timeout_ms < TTSS_CONNECT_TIMEOUT_MS ? timeout_ms : TTSS_CONNECT_TIMEOUT_MS));
    return ttss_curl_set_up(easy, service->ca_file, service->loopback) &&
           set_headers(t, service, question) && set_body(t, question) &&
           curl_easy_setopt(easy, CURLOPT_CUSTOMREQUEST, question->method) == CURLE_OK &&
           curl_easy_setopt(easy, CURLOPT_URL, question->url) == CURLE_OK;
}

/* --- sending ------------------------------------------------------------------------------- */

static CURLcode run(ttss_line *line, const ttss_stop *stop, bool *stopped) {
    CURLcode result = CURLE_OUT_OF_MEMORY;
    int running = 1, left = 0;
    if (curl_multi_add_handle(line->multi, line->easy) != CURLM_OK)
        return result;
    while (running) {
        CURLMcode code = curl_multi_perform(line->multi, &running);
        *stopped = ttss_stopped(stop);
        if (code != CURLM_OK || *stopped)
            break;
        if (running)
            curl_multi_poll(line->multi, NULL, 0, LOOK_MS, NULL);
    }
    for (const CURLMsg *m; (m = curl_multi_info_read(line->multi, &left));)
        if (m->msg == CURLMSG_DONE)
            result = m->data.result;
    curl_multi_remove_handle(line->multi, line->easy);
    return result;
}

static void read_answer(transfer *t, ttss_try *ended) {
    CURL *easy = t->line->easy;
    long status = 0;
    char *text = NULL;
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
    t->response->status = (int32_t)status;
    if (curl_easy_getinfo(easy, CURLINFO_CONTENT_TYPE, &text) == CURLE_OK && text)
        snprintf(t->response->type, sizeof t->response->type, "%s", text);
    if (curl_easy_getinfo(easy, CURLINFO_REDIRECT_URL, &text) == CURLE_OK && text)
        snprintf(ended->redirect, sizeof ended->redirect, "%s", text);
    ended->retry_after_s = ttss_curl_retry_after(easy);
}

ttss_try ttss_line_send(ttss_line *line, const ttss_service *service, const ttss_question *question,
                        const ttss_stop *stop, int64_t timeout_ms, ttss_response *response) {
    ttss_try ended = {.transfer = TTSS_TRANSFER_NOMEM, .retry_after_s = -1.0};
    transfer t = {.line = line, .file = question->file, .response = response};
    ttss_buf_free(&response->body);
    ttss_buf_init(&response->body, service->max_reply);
    response->status = 0;
    response->type[0] = '\0';
    line->trouble[0] = '\0';
    if (set_up(&t, service, question, timeout_ms)) {
        CURLcode result = run(line, stop, &ended.stopped);
        ended.transfer = ttss_curl_transfer(line->easy, result);
        if (result == CURLE_WRITE_ERROR && t.too_large)
            ended.transfer = TTSS_TRANSFER_TOO_LARGE;
        if (!line->trouble[0])
            snprintf(line->trouble, sizeof line->trouble, "%s",
                     ttss_curl_trouble(line->easy, result, ""));
        if (ended.transfer == TTSS_TRANSFER_DONE)
            read_answer(&t, &ended);
    }
    curl_easy_reset(line->easy); /* before what it points to goes */
    curl_mime_free(t.form);
    curl_slist_free_all(t.headers);
    return ended;
}

bool ttss_line_wait(ttss_line *line, int64_t wait_ms, const ttss_stop *stop) {
    const int64_t until = ttss_now_ms(&ttss_system_clock) + wait_ms;
    for (;;) {
        int64_t left = until - ttss_now_ms(&ttss_system_clock);
        if (ttss_stopped(stop))
            return false;
        if (left <= 0)
            return true;
        curl_multi_poll(line->multi, NULL, 0, (int)(left < LOOK_MS ? left : LOOK_MS), NULL);
    }
}
