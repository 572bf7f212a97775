// Writes HTML in which nothing but literals of this program is markup: whatever else goes in is
// escaped on the way.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace wsproof::report {

/// The name of a tag or an attribute: made of a literal, never of data.
class Name {
public:
    template <std::size_t size>
    consteval Name(char const (&literal)[size]) : text_(literal, size - 1) {}  // NOLINT: implicit
    std::string_view text() const { return text_; }

private:
    std::string_view text_;
};

/// A style sheet or script that was compiled into the program.
struct Asset {
    std::string_view text;
};
extern Asset const frame_style;
extern Asset const frame_script;
extern Asset const report_style;
extern Asset const report_script;

class Html {
public:
    struct Attribute {
        Name name;
        std::string_view value;
        bool when = true;  ///< else it is left out
    };
    using Attributes = std::initializer_list<Attribute>;

    /// Closes its tag at the end of the scope.
    class Element {
    public:
        explicit Element(Html& html) : html_(html) {}
        ~Element() { html_.close(); }
        Element(Element const&) = delete;
        Element& operator=(Element const&) = delete;

    private:
        Html& html_;
    };

    enum class Form : std::uint8_t {
        page,  ///< a document
        tree,  ///< one element as JSON, ["p", {"class": "x"}, "text", ["b", "more"]]: frame.js
               ///< builds it
    };
    explicit Html(Form form = Form::page);

    [[nodiscard]] Element in(Name tag, Attributes attributes = {});
    /// A tag with text in it.
    void put(Name tag, Attributes attributes, std::string_view text);
    void put(Name tag, std::string_view text) { put(tag, {}, text); }
    /// A tag that has no end.
    void lone(Name tag, Attributes attributes);
    /// The only way in for text: markup becomes text, and what cannot be seen or turns the order of
    /// the text around it becomes \xNN.
    void text(std::string_view text);
    /// A line end that a peer's bytes cannot write.
    void line_end();
    void style(Asset const& asset);
    void script(Asset const& asset);
    /// The content of a file that was packed, in letters that are no markup (pack.hpp).
    void packed(std::string_view base64);

    std::string take() { return std::move(out_); }

private:
    void open(Name tag, Attributes attributes);
    void open_in_tree(Name tag, Attributes attributes);
    void close();

    Form form_;
    std::string out_;
    std::vector<std::string_view> open_tags_;
};

}  // namespace wsproof::report
