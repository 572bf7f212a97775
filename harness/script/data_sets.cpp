#include "harness/script/data_sets.hpp"

#include <algorithm>
#include <map>
#include <mutex>
#include <string>
#include <tuple>
#include <vector>

#include "harness/script/data_texts.hpp"
#include "reference_impl/wire/deflate.hpp"

namespace wsproof::script {

namespace {

constexpr std::size_t characters_per_mark = 64;
constexpr std::size_t kept_streams = 8U << 20U;  // bytes

/// One set, and for texts where every 64th character begins.
struct DataSet {
    wire::Bytes bytes = {};
    std::vector<std::size_t> marks = {};

    /// The byte at which a unit begins.
    std::size_t position(std::size_t unit) const {
        if (marks.empty()) return unit;
        if (unit == data_set_size) return bytes.size();
        auto at = marks[unit / characters_per_mark];
        for (auto left = unit % characters_per_mark; left > 0; --left) {
            ++at;
            while (is_inside_a_character(at)) ++at;
        }
        return at;
    }

    bool is_inside_a_character(std::size_t at) const {
        return at < bytes.size() && (bytes[at] & std::byte{0xC0}) == std::byte{0x80};
    }
};

DataSet of_bytes(std::string text) {
    text.resize(data_set_size);
    return {wire::to_bytes(text), {}};
}

/// Cut behind the last character that belongs to it.
DataSet of_characters(std::string const& text) {
    DataSet set{wire::to_bytes(text), {}};
    std::size_t characters = 0;
    for (std::size_t at = 0; at < set.bytes.size(); ++at) {
        if (set.is_inside_a_character(at)) continue;
        if (characters == data_set_size) {
            set.bytes.resize(at);
            break;
        }
        if (characters++ % characters_per_mark == 0) set.marks.push_back(at);
    }
    return set;
}

DataSet const& set_of(DataKind kind) {
    switch (kind) {
        case DataKind::json: {
            static DataSet const set = of_characters(make_json());
            return set;
        }
        case DataKind::html: {
            static DataSet const set = of_characters(make_html());
            return set;
        }
        case DataKind::document: {
            static DataSet const set = of_bytes(make_document());
            return set;
        }
        case DataKind::bitmap: {
            static DataSet const set = of_bytes(make_bitmap());
            return set;
        }
        case DataKind::text:
            break;
    }
    static DataSet const set = of_characters(make_text());
    return set;
}

/// Where the `nth` slice begins, in units.
std::size_t begin_of(Data const& data, std::size_t nth) {
    return static_cast<std::size_t>((std::uint64_t{data.length} * nth) % data_set_size);
}

/// Streams by slice, beginning and window. What does not fit any more is made anew each time.
class Streams {
public:
    using Key = std::tuple<Data, std::size_t, int>;
    using Stream = std::shared_ptr<wire::Bytes const>;

    Stream find(Key const& key) {
        std::lock_guard const lock(mutex_);
        auto const at = streams_.find(key);
        return at == streams_.end() ? nullptr : at->second;
    }

    void keep(Key const& key, Stream const& stream) {
        auto const size = stream->size() + 128;  // of the entry, about
        std::lock_guard const lock(mutex_);
        if (kept_ + size > kept_streams || !streams_.emplace(key, stream).second) return;
        kept_ += size;
    }

private:
    std::mutex mutex_ = {};
    std::map<Key, Stream> streams_ = {};
    std::size_t kept_ = 0;
};

}  // namespace

std::string_view name_of(DataKind kind) noexcept {
    return data_set_names[static_cast<std::size_t>(kind)];
}

bool counts_bytes(Data const& data) noexcept {
    return data.unit == Data::Unit::bytes || data.kind == DataKind::document ||
           data.kind == DataKind::bitmap;
}

wire::ByteView data_set(DataKind kind) {
    return set_of(kind).bytes;
}

wire::Bytes slice(Data const& data, std::size_t nth) {
    auto const& set = set_of(data.kind);
    auto const position = [&](std::size_t unit) {
        return counts_bytes(data) ? unit : set.position(unit);
    };
    auto const begin = begin_of(data, nth);
    auto const first = std::min(data.length, data_set_size - begin);
    wire::ByteView const all = set.bytes;
    auto const from = position(begin);
    wire::Bytes bytes;
    wire::append(bytes, all.subspan(from, position(begin + first) - from));
    wire::append(bytes, all.first(position(data.length - first)));
    return bytes;
}

std::shared_ptr<wire::Bytes const> compressed_slice(Data const& data, std::size_t nth,
                                                    int window_bits) {
    static Streams streams;  // nothing in it depends on who asks first
    Streams::Key const key{data, begin_of(data, nth), window_bits};
    if (auto stream = streams.find(key)) return stream;
    auto stream =
        std::make_shared<wire::Bytes const>(wire::Deflater(window_bits).compress(slice(data, nth)));
    streams.keep(key, stream);
    return stream;
}

}  // namespace wsproof::script
