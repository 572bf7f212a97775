#include "fuzz/shrink.hpp"

#include <algorithm>
#include <cstddef>
#include <utility>

namespace wsproof::fuzz {
namespace {

using script::FrameOutput;

class Shrinking {
public:
    Shrinking(Session session, StillDoes const& still_does, std::size_t most_tries)
        : session_(std::move(session)),
          still_does_(still_does),
          tries_left_(most_tries),
          kept_back_(most_tries / 4) {}

    Session run() {
        bool was_smaller = true;
        while (was_smaller && tries_left_ > 0) {
            was_smaller = drop_writes();
            was_smaller = drop_outputs() || was_smaller;
            was_smaller = simplify() || was_smaller;
            was_smaller = shorten_payloads() || was_smaller;
        }
        kept_back_ = 0;
        shorten_payloads();
        return std::move(session_);
    }

private:
    bool accept(Session candidate) {
        if (candidate == session_ || tries_left_ == 0) return false;
        --tries_left_;
        if (!still_does_(candidate)) return false;
        session_ = std::move(candidate);
        return true;
    }

    /// Halves, then quarters … of a list are taken out.
    template <class Elements>
    bool drop(Elements const& elements_of) {
        bool any = false;
        for (auto size = elements_of(session_).size(); size > 0; size /= 2) {
            std::size_t at = 0;
            while (at < elements_of(session_).size() && tries_left_ > 0) {
                auto candidate = session_;
                auto& elements = elements_of(candidate);
                auto const last = std::min(at + size, elements.size());
                elements.erase(elements.begin() + static_cast<std::ptrdiff_t>(at),
                               elements.begin() + static_cast<std::ptrdiff_t>(last));
                if (accept(std::move(candidate)))
                    any = true;
                else
                    at += size;
            }
        }
        return any;
    }

    bool drop_writes() {
        return drop([](auto& session) -> auto& { return session.writes; });
    }

    bool drop_outputs() {
        bool any = false;
        for (std::size_t write = 0; write < session_.writes.size(); ++write)
            any = drop([write](auto& session) -> auto& { return session.writes[write].outputs; }) ||
                  any;
        return any;
    }

    /// Base, fields, extension, delivery: without, where it is all the same.
    bool simplify() {
        bool any = false;
        auto const without = [&](auto const& change) {
            auto candidate = session_;
            change(candidate);
            any = accept(std::move(candidate)) || any;
        };
        without([](Session& session) { session.base = nullptr; });
        without([](Session& session) { session.fields.clear(); });
        without([](Session& session) { session.chop = 0; });
        without([](Session& session) { session.extension.clear(); });
        for (std::size_t at = 0; at < session_.writes.size(); ++at)
            without([at](Session& session) { session.writes[at].chop = 0; });
        for_each_frame([&](std::size_t write, std::size_t output) {
            without([&](Session& session) {
                auto& frame = frame_at(session, write, output);
                FrameOutput plain;
                plain.opcode = frame.opcode;
                plain.payload = frame.payload;
                frame = std::move(plain);
            });
        });
        return any;
    }

    bool shorten_payloads() {
        bool any = false;
        for_each_frame(
            [&](std::size_t write, std::size_t output) { any = shorten(write, output) || any; });
        return any;
    }

    /// Pieces of the bytes are taken out. What says how its bytes come about is left as it is.
    bool shorten(std::size_t write, std::size_t output) {
        auto const& form = frame_at(session_, write, output).payload.form;
        bool const is_plain = std::holds_alternative<script::Literal>(form) ||
                              std::holds_alternative<script::Hex>(form) ||
                              std::holds_alternative<script::Times>(form);
        if (!is_plain) return false;
        bool any = false;
        auto bytes = script::evaluate(frame_at(session_, write, output).payload, 0);
        for (auto size = bytes.size(); size > 0; size /= 2) {
            std::size_t at = 0;
            while (at < bytes.size() && tries_left_ > kept_back_) {
                auto shorter = bytes;
                auto const last = std::min(at + size, shorter.size());
                shorter.erase(shorter.begin() + static_cast<std::ptrdiff_t>(at),
                              shorter.begin() + static_cast<std::ptrdiff_t>(last));
                auto candidate = session_;
                frame_at(candidate, write, output).payload = payload_of(shorter);
                if (accept(std::move(candidate))) {
                    bytes = std::move(shorter);
                    any = true;
                } else {
                    at += size;
                }
            }
        }
        return any;
    }

    static FrameOutput& frame_at(Session& session, std::size_t write, std::size_t output) {
        return std::get<FrameOutput>(session.writes[write].outputs[output]);
    }

    template <class Visit>
    void for_each_frame(Visit const& visit) {
        for (std::size_t write = 0; write < session_.writes.size(); ++write)
            for (std::size_t output = 0; output < session_.writes[write].outputs.size(); ++output)
                if (std::holds_alternative<FrameOutput>(session_.writes[write].outputs[output]))
                    visit(write, output);
    }

    Session session_;
    StillDoes const& still_does_;
    std::size_t tries_left_;
    /// Of the tries, for fewer writes and frames: long payloads take as many as there are.
    std::size_t kept_back_;
};

}  // namespace

Session shrink(Session session, StillDoes const& still_does, std::size_t most_tries) {
    return Shrinking{std::move(session), still_does, most_tries}.run();
}

}  // namespace wsproof::fuzz
