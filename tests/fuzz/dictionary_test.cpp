#include "fuzz/read_dictionary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "fuzz/mutate.hpp"
#include "tests/fuzz/sessions.hpp"

namespace wsproof::fuzz {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::ThrowsMessage;

TEST(Dictionary, HasAWordALine) {
    auto const words = read_dictionary(
        "# of a chat\n\n  join=\"{\\\"op\\\":\\\"join\\\"}\"\r\n\"\\x00\\xff\"\nempty=\"\"");
    EXPECT_THAT(words, ElementsAre(wire::to_bytes("{\"op\":\"join\"}"),
                                   wire::Bytes{std::byte{0}, std::byte{0xFF}}, wire::Bytes{}));
}

TEST(Dictionary, NamesTheLineThatIsWrong) {
    for (std::string const wrong : {"word", "a=\"", "\"\\x0g\"", "\"\\n\"", "\"a\"b\"", "\"\\"})
        EXPECT_THAT([&] { read_dictionary("\"fine\"\n" + wrong); },
                    ThrowsMessage<DictionaryError>(HasSubstr("line 2:")))
            << wrong;
}

TEST(Dictionary, ComesIntoMessagesOfTheCampaign) {
    Model const model(catalogue(), {});
    Generator generator(model, {}, {}, 7, {wire::to_bytes("open sesame")});
    auto found = 0;
    for (int i = 0; i < 500; ++i)
        for (auto const& write : generator.next().session.writes)
            found += static_cast<int>(std::ranges::count_if(write.outputs, [](auto const& output) {
                auto const* const frame = std::get_if<script::FrameOutput>(&output);
                if (frame == nullptr) return false;
                auto const bytes = script::evaluate(frame->payload, 0);
                return wire::as_text(bytes).find("open sesame") != std::string::npos;
            }));
    EXPECT_GT(found, 50);
}

}  // namespace
}  // namespace wsproof::fuzz
