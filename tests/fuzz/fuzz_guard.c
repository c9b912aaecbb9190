/* SPDX-License-Identifier: MIT */
/* Any bytes as a sound file, before libsndfile sees them: sizes of all kinds, with the edges of the
 * memory watched. What passes may only have become shorter. */
#include "audio/guard.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    ttss_store store;
    ttsslice_error err = TTSSLICE_ERROR_INIT;
    ttss_store_init_bytes(&store, data, size);
    const int32_t code = ttss_guard(&store, &err);
    if (code != 0 && (code != TTSSLICE_ERR_AUDIO || !err.message[0]))
        abort();
    if (store.size < 0 || store.size > (int64_t)size || store.ones_at + 4 > (int64_t)size + 4)
        abort();
    return 0;
}
