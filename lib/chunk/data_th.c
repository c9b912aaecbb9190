/* SPDX-License-Identifier: MIT */
/* Thai for the splitter; see language.h for what each table is for. No spaces between words, no
 * letter case and no full stop: sentences end with their line or paragraph, at ? and !, and at a
 * space behind a word that closes polite speech (ครับ, ค่ะ). Other spaces divide clauses. "."
 * belongs to abbreviations ("พ.ศ.", "ดร.") and numbers and ends nothing. */
#include "chunk/language.h"

/* clang-format off */
static const char *const closing_words[] = {
    "ครับ", "คะ", "ค่ะ", "จ้ะ", "จ้า", "จ๊ะ",
};

static const char *const numbered_headings[] = {
    "ฉากที่", "ตอนที่", "บทที่", "ภาคที่", "ภาคผนวก", "องก์ที่", "เล่มที่",
};

static const char *const plain_headings[] = {
    "กิตติกรรมประกาศ", "คำนำ", "ดัชนี", "บทนำ", "บทสรุป", "บทส่งท้าย", "บรรณานุกรม", "ปัจฉิมลิขิต",
    "ภาคผนวก", "สารบัญ", "อารัมภบท",
};

static const char *const number_words[] = {
    "สอง", "สาม", "สิบ", "สี่", "หก", "หนึ่ง", "ห้า", "เก้า", "เจ็ด", "แปด",
};
/* clang-format on */

#define LIST(array)                                                                                \
    { array, sizeof(array) / sizeof((array)[0]) }

const ttss_language ttss_language_th = {
    .code = "th",
    .closing_words = LIST(closing_words),
    .numbered_headings = LIST(numbered_headings),
    .plain_headings = LIST(plain_headings),
    .number_words = LIST(number_words),
    .traits = TTSS_TRAIT_PERIOD_IS_CLAUSE,
};
