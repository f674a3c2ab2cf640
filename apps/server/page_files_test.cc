#include "page_files.h"

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace karvan::server {
namespace {

namespace fs = std::filesystem;

class Page : public ::testing::Test {
 protected:
  void SetUp() override {
    // Of its own: tests run side by side.
    folder_ = fs::path{::testing::TempDir()} / ("karvan_page_" + std::to_string(::getpid()));
    fs::remove_all(folder_);
    fs::create_directories(folder_ / "assets");
    write("index.html", "<p>page");
    write("assets/one.js", "let plain;");
    write("assets/one.js.gz", "small");
    write("icon.svg", "<svg/>");
    Result<PageFiles> read = PageFiles::read(folder_.string());
    ASSERT_TRUE(read);
    page_ = std::move(read).value();
  }
  void TearDown() override { fs::remove_all(folder_); }

  void write(const char* name, const char* text) { std::ofstream{folder_ / name} << text; }
  Response ask(std::string path, std::string encodings, std::string tag = {}) const {
    Pairs headers{{"accept-encoding", std::move(encodings)}, {"if-none-match", std::move(tag)}};
    return page_.answer(
        {.method = "GET", .path = std::move(path), .headers = std::move(headers), .body = {}});
  }
  static std::string header(const Response& response, std::string_view name) {
    for (const auto& [known, value] : response.headers)
      if (known == name) return value;
    return {};
  }

  fs::path folder_;
  PageFiles page_;
};

TEST_F(Page, WhoTakesGzipGetsIt) {
  for (const char* encodings : {"gzip", "br, gzip", "gzip, deflate, br, zstd", "gzip;q=0.5", "*",
                                "gzip;q=1.0, identity;q=0", "*;q=0, gzip"}) {
    const Response small = ask("/assets/one.js", encodings);
    EXPECT_EQ(small.body, "small") << encodings;
    EXPECT_EQ(header(small, "Content-Encoding"), "gzip") << encodings;
    EXPECT_EQ(header(small, "Vary"), "Accept-Encoding");
    EXPECT_EQ(small.type, "text/javascript; charset=utf-8");
  }
  for (const char* encodings : {"", "br", "gzip;q=0", "gzip; q=0.000", "*, gzip;q=0", "x-gzip"}) {
    const Response plain = ask("/assets/one.js", encodings);
    EXPECT_EQ(plain.body, "let plain;") << encodings;
    EXPECT_EQ(header(plain, "Content-Encoding"), "") << encodings;
    EXPECT_EQ(header(plain, "Vary"), "Accept-Encoding") << "a cache must know that there are two";
  }
}

TEST_F(Page, EachEncodingHasATagOfItsOwn) {
  const std::string small = header(ask("/assets/one.js", "gzip"), "ETag");
  const std::string plain = header(ask("/assets/one.js", ""), "ETag");
  EXPECT_NE(small, plain);
  EXPECT_EQ(ask("/assets/one.js", "gzip", plain).status, 200);
  const Response known = ask("/assets/one.js", "gzip", small);
  EXPECT_EQ(known.status, 304);
  EXPECT_EQ(known.body, "");
  EXPECT_EQ(header(known, "Vary"), "Accept-Encoding");
  EXPECT_EQ(header(known, "Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(header(known, "Content-Encoding"), "");
}

TEST_F(Page, FilesWithoutASmallTwinAreSentAsTheyAre) {
  const Response plain = ask("/icon.svg", "gzip");
  EXPECT_EQ(plain.body, "<svg/>");
  EXPECT_EQ(header(plain, "Vary"), "");
  EXPECT_EQ(ask("/nothing.js", "gzip").status, 404);
  EXPECT_EQ(header(ask("/", "gzip"), "Server-Timing"), "karvan");
}

}  // namespace
}  // namespace karvan::server
