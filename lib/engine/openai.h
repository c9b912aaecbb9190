/* SPDX-License-Identifier: MIT */
/* What the two engines behind OpenAI's routes share. */
#ifndef TTSS_ENGINE_OPENAI_H
#define TTSS_ENGINE_OPENAI_H

#include "engine/service.h"

/* The whole address of a route as "audio/speech" on a server that is known by its host, by its
 * prefix that ends in a version ("/v1"), or by the whole route already. From malloc. */
char *ttss_openai_route(const char *url, const char *route, const char *ending);

/* Asks for the list of models; adds what there is to say about it. */
int32_t ttss_openai_check(ttss_service *service, const char *route_url, ttss_buf *detail,
                          ttsslice_error *err);

#endif
