/* SPDX-License-Identifier: MIT */
/* Whether the application wants a join to end. */
#ifndef TTSS_CONCAT_CANCEL_H
#define TTSS_CONCAT_CANCEL_H

#include "base/error.h"

#include <ttsslice/concat.h>

/* 0, CANCELLED or CALLBACK. To be asked once a block. */
static inline int32_t ttss_check_cancelled(const ttsslice_concat_options *options,
                                           ttsslice_error *err) {
    const int32_t code = options->cancelled ? options->cancelled(options->cancelled_data) : 0;
    if (!code)
        return 0;
    return ttss_fail(err,
                     code == TTSSLICE_ERR_CALLBACK ? TTSSLICE_ERR_CALLBACK : TTSSLICE_ERR_CANCELLED,
                     "cancelled");
}

#endif
