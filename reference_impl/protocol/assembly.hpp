// Frames to messages: fragments are joined (RFC 6455 5.4), inflated (RFC 7692 6.2) and, if text,
// checked as they come (8.1).
#pragma once

#include <cstddef>
#include <optional>

#include "reference_impl/protocol/endpoint.hpp"
#include "reference_impl/protocol/frame_reader.hpp"
#include "reference_impl/protocol/permessage_deflate.hpp"
#include "reference_impl/protocol/rules.hpp"
#include "reference_impl/protocol/text_check.hpp"

namespace wsproof::reference {

class Assembly {
public:
    Assembly(std::size_t max_message_size, std::size_t max_fragments, Faults const& faults);

    /// From now on messages with RSV1 are inflated by this.
    void use(PermessageDeflate* deflate) { deflate_ = deflate; }

    /// A piece of a data frame; the first rule of messages that it breaks, if any.
    std::optional<Violation> add(FramePiece const& piece);

    /// The message, once its last piece is in.
    std::optional<Message> take();

    bool message_under_way() const { return under_way_; }
    /// Forgets the message under way.
    void drop();
    /// Hands out what there is of the message under way, as if it were whole.
    Message cut_short();

private:
    void begin(FramePiece const& piece);
    MessageProgress judged(FramePiece const& piece) const;
    void add_payload(wire::ByteView payload);
    void end();
    std::size_t inflated_bound() const noexcept;
    void check(std::size_t from);
    void note(wire::InflateStatus status);

    std::size_t max_message_size_;
    std::size_t max_fragments_;  ///< 0: no end
    std::size_t fragments_ = 0;
    Faults faults_;
    PermessageDeflate* deflate_ = nullptr;
    Message message_;
    MessageProgress progress_;
    TextCheck text_;
    bool under_way_ = false;
    bool compressed_ = false;
    bool ready_ = false;
};

}  // namespace wsproof::reference
