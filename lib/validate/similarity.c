/* SPDX-License-Identifier: MIT */
/* Bit-parallel longest common subsequence (Crochemore, Iliopoulos, Pinzon, Reid 2001; Hyyroe 2004).
 * One text is taken in words of 64 characters; what one word gains over the characters of the other
 * text is kept and carried into the next. So memory is linear in both texts and the time is
 * n * m / 64 steps, or less where it is known that a best way stays near the diagonal. What both
 * texts begin and end with is not looked at twice. Texts with up to 128 different characters beside
 * ASCII are taken as bytes; in others the characters are numbered. */
#include "validate/similarity.h"

#include "base/error.h"
#include "base/mem.h"
#include "base/utf8.h"

#include <stdlib.h>
#include <string.h>
#include <ttsslice/validate.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

/* --- one column of 64 rows ------------------------------------------------------------------ */

/* What is carried out of a + b + carry. Compilers do not find the instruction for it by themselves,
 * which makes a third of the time. */
static inline unsigned char add_carry(unsigned char carry, uint64_t a, uint64_t b, uint64_t *sum) {
#ifdef __x86_64__
    unsigned long long total;
    carry = _addcarry_u64(carry, a, b, &total);
    *sum = total;
    return carry;
#else
    uint64_t first = a + b;
    *sum = first + carry;
    return (unsigned char)((first < a) | (*sum < first));
#endif
}

/* Numbers below `count` are masked by; carry[j]: whether the row above gains at column j. Only
 * columns [from, to) are filled; to leave some out can only lose matches. */
#define COLUMN(name, type)                                                                         \
    static void name(uint64_t *masks, const type *a, size_t rows, const type *b, size_t from,      \
                     size_t to, unsigned char *carry) {                                            \
        for (size_t i = 0; i < rows; i++)                                                          \
            masks[a[i]] |= UINT64_C(1) << i;                                                       \
        uint64_t v = ~UINT64_C(0);                                                                 \
        for (size_t j = from; j < to; j++) {                                                       \
            uint64_t hits = v & masks[b[j]], sum = 0;                                              \
            carry[j] = add_carry(carry[j], v, hits, &sum);                                         \
            v = sum | (v - hits);                                                                  \
        }                                                                                          \
        for (size_t i = 0; i < rows; i++)                                                          \
            masks[a[i]] = 0;                                                                       \
    }

COLUMN(byte_column, unsigned char)
COLUMN(number_column, uint32_t)

/* Which columns a longest way through n rows and m columns can touch: of at most `reach` characters
 * that are in one text alone, no more than `behind` are in the rows and `ahead` in the columns. */
typedef struct band {
    size_t behind, ahead;
} band;

static band band_of(size_t n, size_t m, size_t reach) {
    if (reach >= n + m)
        return (band){n, m};
    return (band){reach + n > m ? (reach + n - m) / 2 : 0, reach + m > n ? (reach + m - n) / 2 : 0};
}

/* Columns for the rows [first, first + 64). */
static void bounds(size_t first, size_t m, band width, size_t *from, size_t *to) {
    *from = first > width.behind ? first - width.behind : 0;
    *to = first + 64 + width.ahead;
    *to = *to < m ? *to : m;
    *from = *from < *to ? *from : *to;
}

/* The rows of the last word that are not there never match, so what is carried out of it is what
 * all rows gain. */
static size_t sum_of(const unsigned char *carry, size_t m) {
    size_t sum = 0;
    for (size_t j = 0; j < m; j++)
        sum += carry[j];
    return sum;
}

/* --- bytes ---------------------------------------------------------------------------------- */

static bool is_ascii(const char *text, size_t length) {
    unsigned char any = 0;
    for (size_t i = 0; i < length; i++)
        any |= (unsigned char)text[i];
    return any < 0x80;
}

static bool common_bytes(const unsigned char *a, size_t n, const unsigned char *b, size_t m,
                         size_t reach, size_t *common) {
    uint64_t masks[256] = {0};
    unsigned char few[512], *many = NULL, *carry = few;
    if (m > sizeof few)
        carry = many = ttss_new_array(m, 1);
    else
        memset(few, 0, m);
    if (!carry)
        return false;
    const band wide = band_of(n, m, reach);
    for (size_t i = 0; i < n; i += 64) {
        size_t from = 0, to = m;
        bounds(i, m, wide, &from, &to);
        byte_column(masks, a + i, n - i < 64 ? n - i : 64, b, from, to, carry);
    }
    *common = sum_of(carry, m);
    free(many);
    return true;
}

/* Nearly all texts have few characters beside those of ASCII, so each can have a byte of its own.
 */
typedef struct letters {
    uint32_t wide[128]; /* what 128, 129, ... stand for */
    size_t count;
} letters;

/* A byte for each character; false if there are too many different ones. */
static bool narrow(const char *text, size_t length, letters *set, unsigned char *out,
                   size_t *count) {
    size_t n = 0;
    for (size_t pos = 0; pos < length;) {
        size_t i = 0;
        if ((unsigned char)text[pos] < 0x80) {
            out[n++] = (unsigned char)text[pos++];
            continue;
        }
        uint32_t c = ttss_utf8_next(text, length, &pos);
        while (i < set->count && set->wide[i] != c)
            i++;
        if (i == sizeof set->wide / sizeof set->wide[0])
            return false;
        set->wide[i] = c;
        set->count += i == set->count;
        out[n++] = (unsigned char)(128 + i);
    }
    *count = n;
    return true;
}

/* --- code points ---------------------------------------------------------------------------- */

typedef struct points {
    uint32_t *items;
    size_t count;
} points;

static bool decode(const char *text, size_t length, points *out) {
    out->count = 0;
    out->items = ttss_new_array(length, sizeof *out->items);
    if (!out->items)
        return false;
    for (size_t pos = 0; pos < length;)
        out->items[out->count++] = ttss_utf8_next(text, length, &pos);
    return true;
}

/* Dense numbers for the characters of one text. */
typedef struct alphabet {
    uint32_t *keys;    /* character + 1; 0: free */
    uint32_t *numbers; /* 1, 2, ... */
    size_t mask;
    uint32_t count;
} alphabet;

static size_t find_slot(const alphabet *set, uint32_t c) {
    size_t slot = (c * UINT32_C(2654435761)) & set->mask;
    while (set->keys[slot] && set->keys[slot] != c + 1)
        slot = (slot + 1) & set->mask;
    return slot;
}

static bool alphabet_make(alphabet *set, const uint32_t *text, size_t count) {
    size_t room = 64;
    while (room < 2 * count)
        room *= 2;
    set->mask = room - 1;
    set->keys = ttss_new_array(room, sizeof *set->keys);
    set->numbers = ttss_new_array(room, sizeof *set->numbers);
    if (!set->keys || !set->numbers)
        return false;
    for (size_t i = 0; i < count; i++) {
        size_t slot = find_slot(set, text[i]);
        if (!set->keys[slot]) {
            set->keys[slot] = text[i] + 1;
            set->numbers[slot] = ++set->count;
        }
    }
    return true;
}

static bool common_numbers(uint32_t *a, size_t n, uint32_t *b, size_t m, size_t reach,
                           size_t *common) {
    alphabet set = {0};
    unsigned char *carry = ttss_new_array(m, 1);
    uint64_t *masks = NULL;
    bool done = false;

    if (!carry || !alphabet_make(&set, a, n))
        goto out;
    masks = ttss_new_array((size_t)set.count + 1, sizeof *masks);
    if (!masks)
        goto out;
    for (size_t i = 0; i < n; i++)
        a[i] = set.numbers[find_slot(&set, a[i])];
    for (size_t j = 0; j < m; j++)
        b[j] = set.numbers[find_slot(&set, b[j])]; /* 0 if it is not in a */
    const band wide = band_of(n, m, reach);
    for (size_t i = 0; i < n; i += 64) {
        size_t from = 0, to = m;
        bounds(i, m, wide, &from, &to);
        number_column(masks, a + i, n - i < 64 ? n - i : 64, b, from, to, carry);
    }
    *common = sum_of(carry, m);
    done = true;

out:
    free(set.keys);
    free(set.numbers);
    free(carry);
    free(masks);
    return done;
}

static bool common_numbered(const char *a, size_t a_length, const char *b, size_t b_length,
                            size_t reach, size_t *common) {
    points x = {0}, y = {0};
    bool done = decode(a, a_length, &x) && decode(b, b_length, &y) &&
                common_numbers(x.items, x.count, y.items, y.count, reach, common);
    free(x.items);
    free(y.items);
    return done;
}

/* Of any text: as bytes if they suffice for its characters. */
static bool common_points(const char *a, size_t a_length, const char *b, size_t b_length,
                          size_t reach, size_t *common) {
    letters set = {.count = 0};
    size_t n = 0, m = 0;
    unsigned char *bytes = ttss_new_array(a_length + b_length, 1);
    if (!bytes)
        return false;
    bool fits = narrow(a, a_length, &set, bytes, &n) && narrow(b, b_length, &set, bytes + n, &m);
    bool done = fits ? common_bytes(bytes, n, bytes + n, m, reach, common)
                     : common_numbered(a, a_length, b, b_length, reach, common);
    free(bytes);
    return done;
}

/* --- edits ---------------------------------------------------------------------------------- */

/* Myers' and Hyyroe's bit vectors for 64 rows; carry[j] is what the row above costs more (1) or
 * less (-1) from column to column, and is moved on to the last of these rows. */
static void edit_column(uint64_t *masks, const uint32_t *a, size_t rows, const uint32_t *b,
                        size_t m, signed char *carry) {
    uint64_t up = ~UINT64_C(0), down = 0;
    for (size_t i = 0; i < rows; i++)
        masks[a[i]] |= UINT64_C(1) << i;
    for (size_t j = 0; j < m; j++) {
        uint64_t less = carry[j]<0, more = carry[j]> 0;
        uint64_t match = masks[b[j]] | less;
        uint64_t same = (((match & up) + up) ^ up) | match | down;
        uint64_t along = down | ~(same | up), back = same & up;
        carry[j] = (signed char)((along >> (rows - 1) & 1) - (back >> (rows - 1) & 1));
        along = along << 1 | more;
        back = back << 1 | less;
        up = back | ~(same | along);
        down = along & same;
    }
    for (size_t i = 0; i < rows; i++)
        masks[a[i]] = 0;
}

/* The last row costs n in front of the first column, and then what is carried. */
static bool edit_numbers(uint32_t *a, size_t n, uint32_t *b, size_t m, size_t *edits) {
    alphabet set = {0};
    signed char *carry = ttss_new_array(m, 1);
    uint64_t *masks = NULL;
    int64_t sum = (int64_t)n;
    bool done = carry && alphabet_make(&set, a, n);
    if (done) {
        masks = ttss_new_array((size_t)set.count + 1, sizeof *masks);
        done = masks != NULL;
    }
    for (size_t i = 0; done && i < n; i++)
        a[i] = set.numbers[find_slot(&set, a[i])];
    for (size_t j = 0; done && j < m; j++) {
        b[j] = set.numbers[find_slot(&set, b[j])];
        carry[j] = 1;
    }
    for (size_t i = 0; done && i < n; i += 64)
        edit_column(masks, a + i, n - i < 64 ? n - i : 64, b, m, carry);
    for (size_t j = 0; done && j < m; j++)
        sum += carry[j];
    *edits = (size_t)sum;
    free(set.keys);
    free(set.numbers);
    free(carry);
    free(masks);
    return done;
}

/* A few words of ASCII, which is nearly all that is asked. */
static size_t edit_short(const unsigned char *a, size_t n, const unsigned char *b, size_t m) {
    uint64_t masks[128] = {0}, up = ~UINT64_C(0), down = 0;
    size_t edits = n;
    for (size_t i = 0; i < n; i++)
        masks[a[i]] |= UINT64_C(1) << i;
    for (size_t j = 0; j < m; j++) {
        uint64_t match = masks[b[j]];
        uint64_t same = (((match & up) + up) ^ up) | match | down;
        uint64_t along = down | ~(same | up), back = same & up;
        edits += (size_t)(along >> (n - 1) & 1) - (size_t)(back >> (n - 1) & 1);
        along = along << 1 | 1;
        up = back << 1 | ~(same | along);
        down = along & same;
    }
    return edits;
}

bool ttss_edit_characters(const char *a, size_t a_length, const char *b, size_t b_length,
                          size_t *edits) {
    if (a_length > 0 && a_length <= 64 && is_ascii(a, a_length) && is_ascii(b, b_length)) {
        *edits = edit_short((const unsigned char *)a, a_length, (const unsigned char *)b, b_length);
        return true;
    }
    points x = {0}, y = {0};
    bool done = decode(a, a_length, &x) && decode(b, b_length, &y) &&
                edit_numbers(x.items, x.count, y.items, y.count, edits);
    free(x.items);
    free(y.items);
    return done;
}

/* --- both ----------------------------------------------------------------------------------- */

/* Bytes that both begin with, up to the beginning of a character. */
static size_t common_head(const char *a, size_t n, const char *b, size_t m) {
    size_t head = 0, most = n < m ? n : m;
    while (head + 8 <= most && memcmp(a + head, b + head, 8) == 0)
        head += 8;
    while (head < most && a[head] == b[head])
        head++;
    while (head > 0 && ((head < n && ((unsigned char)a[head] & 0xC0) == 0x80) ||
                        (head < m && ((unsigned char)b[head] & 0xC0) == 0x80)))
        head--;
    return head;
}

static size_t common_tail(const char *a, size_t n, const char *b, size_t m) {
    size_t tail = 0, most = n < m ? n : m;
    while (tail + 8 <= most && memcmp(a + n - tail - 8, b + m - tail - 8, 8) == 0)
        tail += 8;
    while (tail < most && a[n - 1 - tail] == b[m - 1 - tail])
        tail++;
    while (tail > 0 && ((unsigned char)a[n - tail] & 0xC0) == 0x80)
        tail--;
    return tail;
}

bool ttss_common_characters(const char *a, size_t a_length, const char *b, size_t b_length,
                            size_t reach, size_t *common, size_t *total) {
    size_t head = common_head(a, a_length, b, b_length);
    size_t tail = common_tail(a + head, a_length - head, b + head, b_length - head);
    size_t n = a_length - head - tail, m = b_length - head - tail, middle = 0;
    if (n && m) {
        bool ascii = is_ascii(a + head, n) && is_ascii(b + head, m), done;
        if (ascii)
            done = common_bytes((const unsigned char *)a + head, n, (const unsigned char *)b + head,
                                m, reach, &middle);
        else
            done = common_points(a + head, n, b + head, m, reach, &middle);
        if (!done)
            return false;
    }
    *common = ttss_utf8_count(a, head) + middle + ttss_utf8_count(a + head + n, tail);
    *total = ttss_utf8_count(a, a_length) + ttss_utf8_count(b, b_length);
    return true;
}

bool ttss_similarity(const char *a, size_t a_length, const char *b, size_t b_length,
                     double *score) {
    size_t common = 0, total = 0;
    if (!ttss_common_characters(a, a_length, b, b_length, SIZE_MAX, &common, &total))
        return false;
    *score = total ? 200.0 * (double)common / (double)total : 100.0;
    return true;
}

int32_t ttsslice_ratio(const char *a, size_t a_length, const char *b, size_t b_length,
                       double *score, ttsslice_error *err) {
    if (!score)
        return ttss_fail(err, TTSSLICE_ERR_INVALID, "score is NULL; give a double to fill");
    int32_t code = ttss_text_check(a, &a_length, err);
    if (!code)
        code = ttss_text_check(b, &b_length, err);
    if (!code && !ttss_similarity(a, a_length, b, b_length, score))
        code = ttss_nomem(err);
    return code ? ttss_in_slice(err, code, TTSSLICE_SLICE_VALIDATE, -1) : 0;
}
