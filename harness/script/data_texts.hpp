// Makes the content of the data sets; at least 2^18 characters or bytes each, from a fixed seed.
#pragma once

#include <string>

namespace wsproof::script {

std::string make_json();      ///< a list of records, as an interface would answer
std::string make_html();      ///< a page of headings, paragraphs and tables
std::string make_document();  ///< in the manner of PDF: text operators and compressed images
std::string make_bitmap();    ///< a grey picture with its header and palette
std::string make_text();      ///< prose in scripts of one to four bytes a character

}  // namespace wsproof::script
