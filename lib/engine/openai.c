/* SPDX-License-Identifier: MIT */
/* Addresses of OpenAI's routes, and the list of models; see openai.h. */
#include "engine/openai.h"

#include "base/error.h"
#include "base/mem.h"

#include <jansson.h>

#include <stdlib.h>
#include <string.h>

static bool ends_in(const char *text, const char *ending) {
    const size_t length = strlen(text), n = strlen(ending);
    return length >= n && strcmp(text + length - n, ending) == 0;
}

/* ".../v1", ".../v1beta" */
static bool ends_in_version(const char *url) {
    const char *last = strrchr(url, '/');
    return last && last[1] == 'v' && last[2] >= '0' && last[2] <= '9';
}

char *ttss_openai_route(const char *url, const char *route, const char *ending) {
    ttss_buf whole;
    if (ends_in(url, route) || (ending && ends_in(url, ending)))
        return ttss_strdup(url);
    ttss_buf_init(&whole, TTSS_URL_MAX + 64);
    ttss_buf_printf(&whole, "%s%s/%s", url, ends_in_version(url) ? "" : "/v1", route);
    return ttss_buf_take(&whole);
}

/* ".../v1/audio/speech" -> ".../v1/models"; NULL if the route is of another kind. */
static char *models_url(const char *route_url) {
    const char *audio = strstr(route_url, "/audio/");
    ttss_buf url;
    if (!audio)
        return NULL;
    ttss_buf_init(&url, TTSS_URL_MAX + 64);
    ttss_buf_printf(&url, "%.*s/models", (int)(audio - route_url), route_url);
    return ttss_buf_take(&url);
}

static void describe(const ttss_service *service, const ttss_response *response, ttss_buf *detail) {
    json_t *document = response->body.data
                           ? json_loadb(response->body.data, response->body.length, 0, NULL)
                           : NULL;
    const json_t *list = json_object_get(document, "data");
    const json_t *model = NULL;
    size_t i = 0;
    bool there = false;
    json_array_foreach(list, i, model) {
        const char *id = json_string_value(json_object_get(model, "id"));
        there = there || (id && strcmp(id, service->model) == 0);
    }
    ttss_buf_printf(detail, "%s answers", service->url);
    if (service->key[0])
        ttss_buf_add_text(detail, " and takes the key");
    if (json_array_size(list))
        ttss_buf_printf(detail, "; model %s is %sin its list", service->model, there ? "" : "not ");
    json_decref(document);
}

int32_t ttss_openai_check(ttss_service *service, const char *route_url, ttss_buf *detail,
                          ttsslice_error *err) {
    ttss_response response = {0};
    const ttss_call call = ttss_service_begin(service, NULL);
    char *url = models_url(route_url);
    const ttss_question question = {.method = "GET", .url = url ? url : route_url};
    ttsslice_error own = TTSSLICE_ERROR_INIT;
    int32_t ret = ttss_service_ask(service, &question, &call, &response, &own);
    /* A server need not have such a list; that it answers is enough. */
    if (ret && (own.http_status == 404 || own.http_status == 405 || own.http_status == 400))
        ret = 0;
    if (!ret)
        describe(service, &response, detail);
    ttss_buf_free(&response.body);
    free(url);
    return ttss_pass_error(ret, &own, err);
}
