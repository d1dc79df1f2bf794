#include "board/known_profiles.hpp"
#include "board/profile.hpp"
#include "board/toml_table.hpp"

namespace heddle::board {

const std::vector<Profile>& known_profiles() {
    static const std::vector<Profile> kProfiles = [] {
        std::vector<Profile> profiles;
        for (std::size_t i = 0; i < kKnownProfiles.size(); ++i) {
            profiles.push_back(make_known(i));
        }
        return profiles;
    }();
    return kProfiles;
}

Profile load_profile(const std::string& name_or_file) {
    if (const KnownProfile* known = find_known(name_or_file); known != nullptr) {
        return make_known(static_cast<std::size_t>(known - kKnownProfiles.data()));
    }
    if (name_or_file.find_first_of("/.") == std::string::npos) {
        throw FileError("unknown board '" + name_or_file + "'; known are " + known_names() +
                        "; a file's path has a '/' or a '.' in it");
    }
    return parse_profile(read_text_file(name_or_file), name_or_file);
}

}  // namespace heddle::board
