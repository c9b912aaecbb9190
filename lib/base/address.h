/* SPDX-License-Identifier: MIT */
/* Which network addresses belong to the public internet, by the registries of special addresses
 * (RFC 6890, kept by IANA). What an address from outside leads to is checked when a connection is
 * made, when no name can mean something else any more. */
#ifndef TTSS_BASE_ADDRESS_H
#define TTSS_BASE_ADDRESS_H

#include <stdbool.h>
#include <sys/socket.h>

enum ttss_reach {
    TTSS_REACH_PUBLIC,
    TTSS_REACH_LOOPBACK, /* this machine */
    TTSS_REACH_PRIVATE   /* another network, another use, or a family that is not known here */
};

enum ttss_reach ttss_address_reach(const struct sockaddr *address);

#endif
