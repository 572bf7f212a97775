// Tests of one's own beside those of wsproof. The server is that of the binary, honest or, with
// FAULT in the environment, not; it is started when the first case needs it. With
// ABSENT there is none. BASELINE names a file of known failures.
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <wsproof/gtest.hpp>

namespace {

class EchoServer {
public:
    std::string url() {
        if (std::getenv("ABSENT") != nullptr) return "ws://127.0.0.1:1/";
        int ends[2];
        if (pipe(ends) != 0) throw std::runtime_error("no pipe");
        process_ = fork();
        if (process_ == 0) {
            dup2(ends[1], STDOUT_FILENO);
            auto const* const fault = std::getenv("FAULT");
            if (fault == nullptr)
                execl(WSPROOF_EXECUTABLE, "wsproof", "echo", nullptr);
            else
                execl(WSPROOF_EXECUTABLE, "wsproof", "echo", "--fault", fault, nullptr);
            _exit(127);
        }
        close(ends[1]);
        std::string line;
        for (char c = 0; read(ends[0], &c, 1) == 1 && c != '\n';) line += c;
        return line;
    }

    ~EchoServer() {
        if (process_ <= 0) return;
        kill(process_, SIGKILL);
        waitpid(process_, nullptr, 0);
    }

private:
    pid_t process_ = -1;
};

TEST(Mine, IsATestOfMyOwn) {
    EXPECT_EQ(1 + 1, 2);
}

}  // namespace

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    EchoServer server;
    wsproof::TestOptions options;
    if (auto const* const known = std::getenv("BASELINE"); known != nullptr)
        options.arguments = {"--name", "faulty", "--baseline", known};
    wsproof::register_tests([&] { return server.url(); }, options);
    return RUN_ALL_TESTS();
}
