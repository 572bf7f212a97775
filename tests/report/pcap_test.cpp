// The packets of `-r pcapng`; what Wireshark makes of them, tests/interop/pcap_test.py asks.
#include "reports/pcap/pcap.hpp"

#include <gtest/gtest.h>

#include "tests/report/sample.hpp"

namespace wsproof::report {
namespace {

TEST(Pcap, IsNotFilledUpWithWhatATranscriptLeftOut) {
    auto report = sample::ordinary();
    auto& transcript = report.results.front().transcript;
    ASSERT_FALSE(transcript.entries.empty());
    auto const before = pcapng(report).size();
    // Some report of somebody else says so.
    for (auto& entry : transcript.entries) entry.omitted = std::uint64_t{1} << 60U;
    auto const after = pcapng(report).size();
    EXPECT_GT(after, before);
    EXPECT_LT(after, before + transcript.entries.size() * 8192);
}

}  // namespace
}  // namespace wsproof::report
