#include "harness/script/data_texts.hpp"

#include <array>
#include <string_view>

#include "harness/script/data_sets.hpp"
#include "harness/script/split_mix.hpp"

namespace wsproof::script {

namespace {

constexpr std::array<std::string_view, 40> words{
    "harbour", "letter",  "window",   "engine",  "green",   "morning", "paper",   "river",
    "signal",  "carry",   "between",  "slowly",  "answer",  "bridge",  "weather", "market",
    "number",  "station", "open",     "close",   "message", "silver",  "garden",  "winter",
    "listen",  "travel",  "stone",    "under",   "kitchen", "island",  "picture", "music",
    "yellow",  "before",  "together", "quietly", "machine", "village", "across",  "candle"};

/// Latin with umlauts, Greek, Cyrillic, kana, and characters beyond the basic plane.
constexpr std::array<std::string_view, 30> words_of_many_scripts{
    "Straße", "über", "Mädchen", "schön",  "Größe", "und",    "Wasser", "Käse",
    "κόσμος", "ὥρα",  "θάλασσα", "ψυχή",   "ναί",   "солнце", "город",  "ёлка",
    "дорога", "мир",  "みず",    "やま",   "とり",  "ことば", "漢字",   "東京",
    "𐍈𐌰𐌽",    "𝄞𝅘𝅥𝅮", "🚲🌧️",    "garçon", "naïve", "œuvre"};

template <std::size_t Size>
std::string_view any_of(std::array<std::string_view, Size> const& list, SplitMix& random) {
    return list[static_cast<std::size_t>(random.below(Size))];
}

std::string number(SplitMix& random, std::uint64_t bound) {
    return std::to_string(random.below(bound));
}

std::string sentence(SplitMix& random) {
    std::string text;
    for (auto left = 5 + random.below(12); left > 0; --left)
        text += std::string(any_of(words, random)) + (left == 1 ? ". " : " ");
    return text;
}

void add_little_endian(std::string& to, std::uint32_t value, int bytes) {
    for (; bytes > 0; --bytes, value >>= 8U) to += static_cast<char>(value & 0xFFU);
}

/// What a drawing program would write: "BT … Tj ET" line by line.
std::string page_of_text(SplitMix& random) {
    std::string page = "BT /F1 11 Tf 14 TL 72 770 Td\n";
    for (int line = 0; line < 40; ++line) page += "(" + sentence(random) + ") Tj T*\n";
    return page + "ET\n";
}

/// An image as documents carry them: compressed already, so that nothing more is to be had.
std::string page_of_noise(SplitMix& random) {
    std::string image;
    for (int word = 0; word < 400; ++word) {
        auto bits = random.next();
        for (int byte = 0; byte < 8; ++byte, bits >>= 8U) image += static_cast<char>(bits & 0xFFU);
    }
    return image;
}

/// Much of what an interface says about a person is the same for everybody.
std::string json_user(SplitMix& random) {
    auto const name = std::string(any_of(words, random)) + "_" + number(random, 100);
    return "{\n      \"name\": \"" + name +
           "\", \"location\": null, \"description\": null, \"url\": null,\n" +
           "      \"protected\": false, \"verified\": false, \"followers_count\": " +
           number(random, 900) +
           ", \"friends_count\": 0,\n"
           "      \"profile_background_color\": \"C0DEED\", \"profile_link_color\": \"0084B4\",\n"
           "      \"profile_image_url\": \"https://images.example/profiles/" +
           name + "_normal.png\",\n      \"default_profile\": true\n    }";
}

std::string json_message(SplitMix& random, std::uint64_t id) {
    return "  {\n    \"id\": " + std::to_string(id) + ", \"created_at\": \"2026-09-" +
           std::to_string(10 + random.below(18)) + "T10:" + std::to_string(10 + random.below(49)) +
           ":00Z\",\n    \"text\": \"" + std::string(any_of(words, random)) + " " +
           std::string(any_of(words, random)) + " " + std::string(any_of(words, random)) +
           "\",\n    \"source\": \"<a href=\\\"https://client.example/download\\\">Client</a>\",\n"
           "    \"in_reply_to_message\": null, \"in_reply_to_user\": null, \"truncated\": false,\n"
           "    \"user\": " +
           json_user(random) +
           ",\n    \"place\": null, \"coordinates\": null, \"contributors\": null,\n"
           "    \"entities\": { \"tags\": [], \"urls\": [], \"mentions\": [], \"media\": [] },\n"
           "    \"repeated\": " +
           number(random, 90) + ", \"liked\": " + number(random, 900) +
           ", \"language\": \"en\"\n  },\n";
}

}  // namespace

std::string make_json() {
    SplitMix random(1);
    std::string text = "[\n";
    for (std::uint64_t id = 1; text.size() < data_set_size; ++id) text += json_message(random, id);
    return text;
}

std::string make_html() {
    SplitMix random(2);
    std::string text =
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<title>Pages</title>\n</head>\n<body>\n";
    for (std::uint64_t chapter = 1; text.size() < data_set_size + (data_set_size >> 4U);
         ++chapter) {
        text += "<h2 id=\"c" + std::to_string(chapter) + "\">§ " + std::to_string(chapter) + " – " +
                std::string(any_of(words, random)) + "</h2>\n";
        for (int paragraph = 0; paragraph < 2; ++paragraph)
            text += "<p class=\"text\" lang=\"en\">" + sentence(random) +
                    "<a class=\"link\" rel=\"next\" href=\"#c" + number(random, 400) +
                    "\">read on</a></p>\n";
        text += "<table>\n";
        for (int row = 0; row < 8; ++row)
            text += "  <tr class=\"row\"><td class=\"name\">" + std::string(any_of(words, random)) +
                    "</td><td class=\"price\">" + number(random, 100) + " €</td></tr>\n";
        text += "</table>\n";
    }
    return text;
}

std::string make_document() {
    SplitMix random(3);
    std::string text = "%PDF-1.4\n%\xE2\xE3\xCF\xD3\n";
    for (int object = 1; text.size() < data_set_size; ++object) {
        bool const image = object % 3 == 0;
        auto const stream = image ? page_of_noise(random) : page_of_text(random);
        text += std::to_string(object) + " 0 obj\n<< /Length " + std::to_string(stream.size()) +
                (image ? " /Subtype /Image /Filter /DCTDecode" : "") + " >>\nstream\n" + stream +
                "\nendstream\nendobj\n";
    }
    return text;
}

std::string make_bitmap() {
    constexpr std::uint32_t width = 512;
    constexpr std::uint32_t height = 512;
    SplitMix random(4);
    std::string text = "BM";
    add_little_endian(text, 1078 + width * height, 4);  // the file
    for (std::uint32_t const field : {0U, 1078U, 40U, width, height})
        add_little_endian(text, field, 4);
    for (std::uint32_t const field : {1U, 8U}) add_little_endian(text, field, 2);
    for (std::uint32_t const field : {0U, width * height, 2835U, 2835U, 256U, 256U})
        add_little_endian(text, field, 4);
    for (std::uint32_t grey = 0; grey < 256; ++grey) add_little_endian(text, grey * 0x010101U, 4);
    for (std::uint32_t y = 0; y < height; ++y) {
        for (std::uint32_t x = 0; x < width; ++x) {
            bool const disc = (x - 256U) * (x - 256U) + (y - 256U) * (y - 256U) < 160U * 160U;
            auto const grain = x > 384 ? static_cast<std::uint32_t>(random.below(4)) : 0U;
            text += static_cast<char>(((disc ? y / 3 : 255U - x / 4) + grain) & 0xFFU);
        }
    }
    return text;
}

std::string make_text() {
    SplitMix random(5);
    std::string text;
    std::size_t characters = 0;
    while (characters < data_set_size) {
        std::string piece(any_of(words_of_many_scripts, random));
        piece += random.below(9) == 0 ? ",\n" : " ";
        for (char const c : piece) characters += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
        text += piece;
    }
    return text;
}

}  // namespace wsproof::script
