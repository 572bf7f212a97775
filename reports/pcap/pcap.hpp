// The transcripts of a report as packets, for Wireshark.
#pragma once

#include <string>

#include "reports/model.hpp"

namespace wsproof::report {

/// A pcapng file: every connection of which the report has the bytes is a TCP conversation with
/// port 80, opened and closed, with the id of its case in the comments. The packets are made up;
/// the bytes in them are those of the transcripts, in clear where they went through TLS, and
/// without secrets. What a transcript left out is there as packets cut at their headers.
std::string pcapng(Report const& report);

}  // namespace wsproof::report
