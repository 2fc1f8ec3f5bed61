/// Texts with their tokens, made with tiktoken 0.14.0 from the rank file of `o200k_base` (SHA-256 446a9538…1a2d) and
/// the published splitting expression.
enum NewerTokenGoldens {
    static let cases: [(text: String, tokens: [Int])] = [
        (
            "",
            []
        ),
        (
            "hello",
            [24912]
        ),
        (
            "Hello, world!",
            [13225, 11, 2375, 0]
        ),
        (
            "The quick brown fox jumps over the lazy dog.",
            [976, 4853, 19705, 68347, 65613, 1072, 290, 29082, 6446, 13]
        ),
        (
            "HTTPServer's URLSession didn't WORK",
            [17893, 6444, 885, 9206, 6941, 9289, 51701]
        ),
        (
            "I'LL we've they're",
            [40, 6, 7454, 24716, 18940]
        ),
        (
            "camelCaseIdentifier snake_case_name",
            [178067, 6187, 12966, 46964, 43667, 2483]
        ),
        (
            "ABC\u{4E2D}DE \u{65E5}\u{672C}\u{8A9E} Tokyo",
            [44197, 1404, 2052, 17428, 40909, 40510]
        ),
        (
            "\u{C9}T\u{C9} \u{E9}t\u{E9} \u{DC}bergr\u{F6}\u{DF}e",
            [5859, 51, 5859, 9799, 22360, 175163]
        ),
        (
            "e\u{301}cole !\u{301}a \u{301}\u{301}",
            [68, 13430, 32289, 1073, 13430, 64, 220, 13430, 13430]
        ),
        (
            "\u{1C5}ungla \u{2B0}a",
            [131, 227, 988, 1675, 220, 134, 108, 64]
        ),
        (
            "12345 1,234.56 \u{BD}",
            [7633, 2548, 220, 16, 11, 20771, 13, 5007, 220, 27124]
        ),
        (
            "path/to//file?x=1\n\n//",
            [4189, 72231, 393, 2318, 30, 87, 28, 16, 279, 393]
        ),
        (
            "  indented\n\tcode {\n    return 0;\n}\n",
            [220, 1383, 23537, 198, 86873, 405, 271, 622, 220, 15, 307, 739]
        ),
        (
            "a \n  b   ",
            [64, 793, 220, 287, 271]
        ),
        (
            "\u{1F600}\u{1F680} ok",
            [84083, 112927, 222, 4763]
        ),
        (
            "<|endoftext|>",
            [27, 91, 419, 1440, 919, 91, 29]
        ),
        (
            "$price ((a) -- 'tis",
            [3, 7629, 3536, 64, 8, 2230, 461, 109773]
        ),
    ]
}
