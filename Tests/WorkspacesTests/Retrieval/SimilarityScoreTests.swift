import Testing

@testable import Workspaces

@Suite("The score of a distance")
struct SimilarityScoreTests {
    @Test(
        "is 1 minus the distance; 0 from a distance of 1 on (VQ-1)",
        arguments: [
            (0, 1), (0.25, 0.75), (0.999, 1 - 0.999), (1, 0), (1.5, 0), (2, 0), (-0.25, 0.75), (.nan, 0),
            (.infinity, 0),
        ] as [(Double, Double)])
    func score(distance: Double, expected: Double) {
        #expect(SimilarityScore.score(distance: distance) == expected)
    }
}
