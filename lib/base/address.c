/* SPDX-License-Identifier: MIT */
/* Special addresses; see address.h. */
#include "base/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

static enum ttss_reach reach_v4(uint32_t address) {
    static const struct {
        uint32_t start;
        int bits;
    } special[] = {
        {0x00000000, 8},  /* this network */
        {0x0a000000, 8},  /* private */
        {0x64400000, 10}, /* carriers' own */
        {0xa9fe0000, 16}, /* link-local, with the metadata of clouds */
        {0xac100000, 12}, /* private */
        {0xc0000000, 24}, /* protocols */
        {0xc0000200, 24}, /* documentation */
        {0xc0586300, 24}, /* relays of 6to4 */
        {0xc0a80000, 16}, /* private */
        {0xc6120000, 15}, /* benchmarks */
        {0xc6336400, 24}, /* documentation */
        {0xcb007100, 24}, /* documentation */
        {0xe0000000, 3},  /* multicast and reserved */
    };
    if (address >> 24 == 127)
        return TTSS_REACH_LOOPBACK;
    for (size_t i = 0; i < sizeof special / sizeof special[0]; i++)
        if ((address ^ special[i].start) >> (32 - special[i].bits) == 0)
            return TTSS_REACH_PRIVATE;
    return TTSS_REACH_PUBLIC;
}

static bool begins(const uint8_t *address, const char *start, size_t length) {
    return memcmp(address, start, length) == 0;
}

static uint32_t v4_at(const uint8_t *bytes) {
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Addresses that hold one of version 4 reach what that one reaches. */
static enum ttss_reach reach_v6(const uint8_t *a) {
    static const uint8_t loopback[16] = {[15] = 1};
    if (memcmp(a, loopback, 16) == 0)
        return TTSS_REACH_LOOPBACK;
    if (begins(a, "\0\0\0\0\0\0\0\0\0\0\xff\xff", 12) ||
        begins(a, "\0\x64\xff\x9b\0\0\0\0\0\0\0\0", 12))
        return reach_v4(v4_at(a + 12));
    if (begins(a, "\x20\x02", 2)) /* 6to4 */
        return reach_v4(v4_at(a + 2));
    bool global = a[0] >> 5 == 1;
    bool special = (begins(a, "\x20\x01", 2) && a[2] < 2) ||     /* protocols */
                   begins(a, "\x20\x01\x0d\xb8", 4) ||           /* documentation */
                   (begins(a, "\x3f\xff", 2) && a[2] >> 4 == 0); /* documentation */
    return global && !special ? TTSS_REACH_PUBLIC : TTSS_REACH_PRIVATE;
}

enum ttss_reach ttss_address_reach(const struct sockaddr *address) {
    if (address->sa_family == AF_INET)
        return reach_v4(ntohl(((const struct sockaddr_in *)address)->sin_addr.s_addr));
    if (address->sa_family == AF_INET6)
        return reach_v6(((const struct sockaddr_in6 *)address)->sin6_addr.s6_addr);
    return TTSS_REACH_PRIVATE;
}
