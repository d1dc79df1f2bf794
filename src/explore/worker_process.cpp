#include "explore/worker_process.hpp"

#include <signal.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <new>
#include <system_error>
#include <utility>

#include "base/fault.hpp"

namespace heddle::explore {
namespace {

// Of a channel, between two messages.
constexpr std::size_t kMostKept = std::size_t{1} << 20;

Gauges* gauges_of_this_process = nullptr;

// Wherever it is, in a fiber too, which no exception can leave.
void leave_last_words(Gauges& gauges) noexcept {
    gauges_of_this_process = &gauges;
    tell_faults_to(
        [](const char* sentence) noexcept { gauges_of_this_process->note_end(LastWord::fault, sentence); });
    std::set_new_handler([] {
        gauges_of_this_process->note_end(LastWord::no_memory, "");
        std::abort();
    });
}

}  // namespace

// ---- the channel: each message after its length

Channel::~Channel() { close(file_); }

bool Channel::send(const std::string& message) noexcept {
    const auto size = static_cast<std::uint32_t>(message.size());
    std::string bytes(reinterpret_cast<const char*>(&size), sizeof size);
    bytes += message;
    std::size_t sent = 0;
    while (sent < bytes.size()) {
        const ssize_t count = ::send(file_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
        if (count < 0 && errno != EINTR) {
            return false;
        }
        sent += count < 0 ? 0 : static_cast<std::size_t>(count);
    }
    return true;
}

bool Channel::read_more() {
    char buffer[65536];
    ssize_t count = 0;
    do {
        count = read(file_, buffer, sizeof buffer);
    } while (count < 0 && errno == EINTR);
    if (count <= 0) {
        return false;
    }
    unread_.append(buffer, static_cast<std::size_t>(count));
    return true;
}

std::optional<std::string> Channel::next_whole() {
    std::uint32_t size = 0;
    const std::size_t here = unread_.size() - read_;
    if (here >= sizeof size) {
        std::memcpy(&size, unread_.data() + read_, sizeof size);
    }
    if (here < sizeof size + size) {
        unread_.erase(0, std::exchange(read_, 0));
        if (unread_.empty() && unread_.capacity() > kMostKept) {
            unread_.shrink_to_fit();
        }
        return std::nullopt;
    }
    std::string message = unread_.substr(read_ + sizeof size, size);
    read_ += sizeof size + size;
    return message;
}

std::optional<std::string> Channel::receive() {
    std::optional<std::string> message = next_whole();
    while (!message && read_more()) {
        message = next_whole();
    }
    return message;
}

bool Channel::receive_available(std::vector<std::string>& messages) {
    const bool is_there = read_more();
    while (std::optional<std::string> message = next_whole()) {
        messages.push_back(std::move(*message));
    }
    return is_there;
}

// ---- shared memory

template <class Type>
Shared<Type>::Shared() {
    void* memory = mmap(nullptr, sizeof(Type), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) {
        throw std::system_error(errno, std::generic_category(), "memory for a worker");
    }
    // Of zeros: an object of which nothing but zeros would be written needs no pages yet.
    object_ = static_cast<Type*>(memory);
}

template <class Type>
Shared<Type>::~Shared() {
    munmap(static_cast<void*>(object_), sizeof(Type));
}

template class Shared<Gauges>;
template class Shared<std::atomic<std::uint64_t>>;

// ---- the process

WorkerProcess::WorkerProcess(const Body& body) {
    int files[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, files) != 0) {
        throw std::system_error(errno, std::generic_category(), "can't talk to a worker");
    }
    channel_ = std::make_unique<Channel>(files[0]);
    process_ = fork();
    if (process_ < 0) {
        const int error = errno;
        close(files[1]);
        throw std::system_error(error, std::generic_category(), "can't start a worker");
    }
    if (process_ == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        const rlimit no_core{0, 0};
        setrlimit(RLIMIT_CORE, &no_core);
        signal(SIGINT, SIG_IGN);  // who started it decides
        close(files[0]);
        Channel parent(files[1]);
        leave_last_words(*gauges_);
        try {
            body(parent, *gauges_);
        } catch (const std::system_error& error) {
            gauges_->note_end(LastWord::refused, error.what());
            std::abort();
        }
        _exit(0);
    }
    close(files[1]);
}

WorkerProcess::~WorkerProcess() {
    if (process_ > 0) {
        kill(process_, SIGKILL);
        static_cast<void>(wait_for_end());
    }
}

int WorkerProcess::wait_for_end() noexcept {
    int status = 0;
    while (process_ > 0 && waitpid(process_, &status, 0) < 0 && errno == EINTR) {
    }
    process_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) != 0) {
        _exit(WEXITSTATUS(status));
    }
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

}  // namespace heddle::explore
