#include "reports/pcap/pcap.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "reports/moment.hpp"
#include "reports/pcap/conversation.hpp"
#include "reports/redact.hpp"

namespace wsproof::report {
namespace {

using play::Arrival;
using play::Direction;
using play::Entry;
using std::chrono::microseconds;

/// What happened on a connection, from either list of the transcript.
struct Happening {
    microseconds time{0};
    bool received = false;
    Arrival::Kind kind = Arrival::Kind::bytes;
    wire::ByteView bytes = {};
    std::uint64_t omitted = 0;
    std::string words = {};  ///< where it is what the verdict is about
};

using Happenings = std::map<std::size_t, std::vector<Happening>>;  // by connection

Happening happening_of(Entry const& entry) {
    Happening happening{.time = entry.time,
                        .received = entry.direction == Direction::recv,
                        .bytes = entry.bytes,
                        .omitted = entry.omitted};
    if (entry.kind == play::EntryKind::tcp)
        happening.kind = entry.words.starts_with("RST") ? Arrival::Kind::reset : Arrival::Kind::eof;
    if (entry.flag != play::Flag::none) happening.words = entry.words;
    return happening;
}

/// What came is told best by the pieces that the transport delivered, if they were kept.
Happenings happenings_of(play::Transcript const& transcript) {
    Happenings all;
    bool const by_arrivals = transcript.complete && !transcript.arrivals.empty();
    for (auto const& entry : transcript.entries) {
        bool const came = entry.direction == Direction::recv;
        bool const says_something = !entry.bytes.empty() || entry.kind == play::EntryKind::tcp;
        if (entry.direction != Direction::local && says_something && !(came && by_arrivals))
            all[entry.connection].push_back(happening_of(entry));
    }
    for (auto const& arrival : transcript.arrivals)
        if (by_arrivals && arrival.kind != Arrival::Kind::timeout &&
            arrival.kind != Arrival::Kind::unreachable)
            all[arrival.connection].push_back({.time = arrival.time,
                                               .received = true,
                                               .kind = arrival.kind,
                                               .bytes = arrival.data});
    for (auto& [connection, happenings] : all)
        std::ranges::stable_sort(happenings, {}, &Happening::time);
    return all;
}

class PacketWriter {
public:
    explicit PacketWriter(Report const& report)
        : report_(report), redactor_(report), file_("wsproof " + report.tool_version) {
        clock_ = moment(report.run.started);
    }

    std::string write() {
        for (auto const& result : report_.results) add(redactor_.result(result));
        return file_.take();
    }

private:
    /// Cases that were played at once stand one behind the other.
    void add(play::Result const& result) {
        microseconds last{0};
        for (auto const& [connection, happenings] : happenings_of(result.transcript)) {
            add(result, happenings);
            last = std::max(last, happenings.back().time);
        }
        clock_ += last + microseconds(1000);
    }

    void add(play::Result const& result, std::vector<Happening> const& happenings) {
        auto const id = printable(result.variant);
        TcpConversation conversation(file_, conversations_++);
        conversation.open(
            clock_ + happenings.front().time,
            fmt::format("{}: {}: {}", id, play::name_of(result.verdict), printable(result.reason)));
        for (auto const& happening : happenings) {
            auto const time = clock_ + happening.time;
            auto const from = side_of(happening.received);
            auto const comment =
                happening.words.empty() ? id : id + ": " + printable(happening.words);
            if (happening.kind == Arrival::Kind::eof)
                conversation.fin(time, from, comment);
            else if (happening.kind == Arrival::Kind::reset)
                conversation.reset(time, from, comment);
            else
                conversation.data(time, from, happening.bytes, happening.omitted, comment);
        }
        conversation.close(clock_ + happenings.back().time, id);
    }

    Side side_of(bool received) const {
        bool const target_is_server = report_.target.role == wire::Role::server;
        return received == target_is_server ? Side::server : Side::client;
    }

    Report const& report_;
    Redactor redactor_;
    PcapFile file_;
    microseconds clock_{0};
    std::uint32_t conversations_ = 0;
};

}  // namespace

std::string pcapng(Report const& report) {
    return PacketWriter(report).write();
}

}  // namespace wsproof::report
