#include "harness/play/event.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "harness/play/words.hpp"

namespace wsproof::play {
namespace {

std::string start_line_in_words(wire::HttpHead const& head) {
    return printable(head.start_line, 120);
}

struct Words {
    wire::Role sender;

    std::string operator()(Response const& response) const {
        if (response.line.status == 0) return start_line_in_words(response.head);
        return fmt::format("{} {}", response.line.status, printable(response.line.reason, 60));
    }
    std::string operator()(Request const& request) const {
        return start_line_in_words(request.head);
    }
    std::string operator()(Frame const& frame) const {
        return frame_in_words(frame.header, frame.payload, sender);
    }
    std::string operator()(Content const& content) const {
        return "content " + payload_in_words(content.bytes);
    }
    std::string operator()(Unreadable const& unreadable) const { return unreadable.words; }
    std::string operator()(End const& end) const {
        std::string words = end.reset ? "RST" : "FIN";
        if (end.unfinished != 0)
            words += fmt::format(" after {} bytes of something unfinished", end.unfinished);
        return words;
    }
};

std::string message_in_words(Message const& message) {
    if (message.corrupt)
        return fmt::format("a {} message that cannot be read", wire::name_of(message.opcode));
    return fmt::format("{} {}", wire::name_of(message.opcode), payload_in_words(message.payload));
}

struct InWords {
    wire::Role sender;

    std::string operator()(Response const& response) const {
        auto const words = "answered " + Words{sender}(response);
        auto const* defect = response.switching() ? response.fatal_defect() : nullptr;
        return defect == nullptr ? words : words + ", but " + defect->words;
    }
    std::string operator()(Request const& request) const {
        auto const words = "asked " + Words{sender}(request);
        if (request.defects.empty()) return words;
        return fmt::format("{}, but {}", words, fmt::join(request.defects, " and "));
    }
    std::string operator()(Frame const& frame) const {
        auto const fragmented =
            frame.header.opcode == wire::Opcode::continuation || frame.header.rsv1;
        if (frame.message && fragmented) return "sent " + message_in_words(*frame.message);
        return "sent " + Words{sender}(frame);
    }
    std::string operator()(Content const& content) const {
        return "sent " + Words{sender}(content);
    }
    std::string operator()(Unreadable const& unreadable) const {
        return "sent " + unreadable.words;
    }
    std::string operator()(End const& end) const {
        return end.reset ? "dropped TCP (RST)" : "dropped TCP (FIN)";
    }
};

bool is_plain(wire::ByteView payload) {
    return payload.size() <= 20 && std::ranges::all_of(payload, [](std::byte byte) {
               auto const value = std::to_integer<unsigned>(byte);
               return value >= 0x20 && value < 0x7F;
           });
}

struct Kind {
    std::string operator()(Response const& response) const {
        return response.line.status == 0 ? "no HTTP response"
                                         : fmt::format("response {}", response.line.status);
    }
    std::string operator()(Request const&) const { return "request"; }
    std::string operator()(Frame const& frame) const {
        if (frame.header.opcode == wire::Opcode::close) {
            return close_in_words(close_code_of(frame.payload));
        }
        auto const& payload = frame.message ? frame.message->payload : frame.payload;
        auto const opcode = frame.message ? frame.message->opcode : frame.header.opcode;
        if (!is_plain(payload)) return std::string{wire::name_of(opcode)};
        return fmt::format("{} {}", wire::name_of(opcode), payload_in_words(payload));
    }
    std::string operator()(Content const&) const { return "content"; }
    std::string operator()(Unreadable const&) const { return "unreadable bytes"; }
    std::string operator()(End const& end) const { return end.reset ? "RST" : "FIN"; }
};

}  // namespace

Defect const* Response::fatal_defect() const noexcept {
    auto const found = std::ranges::find_if(defects, &Defect::fatal);
    return found == defects.end() ? nullptr : &*found;
}

bool Event::is_control(wire::Opcode opcode) const noexcept {
    auto const* frame = as<Frame>();
    return frame != nullptr && frame->header.opcode == opcode;
}

std::string in_words(Event const& event, wire::Role sender) {
    return std::visit(Words{sender}, event.what);
}

std::string deed_in_words(Event const& event, wire::Role sender) {
    return std::visit(InWords{sender}, event.what);
}

std::string kind_in_words(Event const& event) {
    return std::visit(Kind{}, event.what);
}

}  // namespace wsproof::play
