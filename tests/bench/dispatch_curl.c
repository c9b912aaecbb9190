/* SPDX-License-Identifier: MIT */
/* The floor in `./dev bench dispatch`: a bare loop over curl-multi, ENDPOINT JOBS IN_FLIGHT
 * run|sync. "run" sends /run and then one /status-sync per job, "sync" one /runsync. Replies are
 * kept until they are whole and then let go; nothing is parsed but the id. No retry, no limit, no
 * deadline. */
#include "dispatch_client.h"

#include <curl/curl.h>

#include <stdbool.h>

typedef struct slot {
    CURL *easy;
    char *bytes, *envelope;
    size_t length, capacity;
    bool submitting;
} slot;

static size_t receive(char *bytes, size_t size, size_t count, void *user_data) {
    slot *s = user_data;
    size_t n = size * count;
    if (s->length + n + 1 > s->capacity) {
        s->capacity = (s->length + n + 1) * 2;
        s->bytes = realloc(s->bytes, s->capacity);
    }
    memcpy(s->bytes + s->length, bytes, n);
    s->length += n;
    s->bytes[s->length] = '\0';
    return n;
}

static void let_go(slot *s) {
    free(s->bytes);
    s->bytes = NULL;
    s->length = s->capacity = 0;
}

static void begin(CURLM *multi, slot *s, const char *url, const char *input) {
    curl_easy_setopt(s->easy, CURLOPT_URL, url);
    s->submitting = input != NULL;
    if (input) {
        free(s->envelope);
        s->envelope = malloc(strlen(input) + 16);
        int length = sprintf(s->envelope, "{\"input\":%s}", input);
        curl_easy_setopt(s->easy, CURLOPT_POSTFIELDSIZE, (long)length);
        curl_easy_setopt(s->easy, CURLOPT_POSTFIELDS, s->envelope);
    } else {
        curl_easy_setopt(s->easy, CURLOPT_HTTPGET, 1L);
    }
    curl_multi_add_handle(multi, s->easy);
}

static bool ask_status(CURLM *multi, slot *s, const char *endpoint) {
    char url[512], id[128] = "";
    const char *found = s->bytes ? strstr(s->bytes, "\"id\":\"") : NULL;
    if (!found)
        return false;
    snprintf(id, sizeof id, "%.*s", (int)strcspn(found + 6, "\""), found + 6);
    snprintf(url, sizeof url, "%s/status-sync/%s?wait=90000", endpoint, id);
    let_go(s);
    begin(multi, s, url, NULL);
    return true;
}

int main(int argc, char **argv) {
    if (argc < 5)
        return 2;
    bool sync = strcmp(argv[4], "sync") == 0;
    size_t width = (size_t)atoi(argv[3]), started = 0, done = 0, bytes = 0;
    char run_url[512];
    snprintf(run_url, sizeof run_url, "%s/%s", argv[1], sync ? "runsync" : "run");
    job_lines *jobs = read_jobs(argv[2]);
    slot *slots = calloc(width, sizeof *slots);
    struct curl_slist *headers = curl_slist_append(NULL, "Content-Type: application/json");
    headers = curl_slist_append(headers, "Expect:"); /* or long bodies wait for leave first */
    curl_global_init(CURL_GLOBAL_DEFAULT);
    CURLM *multi = curl_multi_init();
    cost begun = cost_begin();
    for (size_t i = 0; i < width && started < jobs->count; i++) {
        slots[i].easy = curl_easy_init();
        curl_easy_setopt(slots[i].easy, CURLOPT_PRIVATE, &slots[i]);
        curl_easy_setopt(slots[i].easy, CURLOPT_WRITEFUNCTION, receive);
        curl_easy_setopt(slots[i].easy, CURLOPT_WRITEDATA, &slots[i]);
        curl_easy_setopt(slots[i].easy, CURLOPT_HTTPHEADER, headers);
        begin(multi, &slots[i], run_url, jobs->text[started++]);
    }
    while (done < jobs->count) {
        int running = 0, left = 0;
        curl_multi_perform(multi, &running);
        for (CURLMsg *m = curl_multi_info_read(multi, &left); m;
             m = curl_multi_info_read(multi, &left)) {
            slot *s = NULL;
            if (m->data.result != CURLE_OK)
                return fprintf(stderr, "%s\n", curl_easy_strerror(m->data.result)), 1;
            curl_easy_getinfo(m->easy_handle, CURLINFO_PRIVATE, (char **)&s);
            curl_multi_remove_handle(multi, s->easy);
            if (s->submitting && !sync && ask_status(multi, s, argv[1]))
                continue;
            done++;
            bytes += s->length;
            let_go(s);
            if (started < jobs->count)
                begin(multi, s, run_url, jobs->text[started++]);
        }
        if (done < jobs->count)
            curl_multi_poll(multi, NULL, 0, 1000, NULL);
    }
    cost_report(begun, done, bytes);
    return 0;
}
