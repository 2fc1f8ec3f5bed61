public import ArgumentParser
public import LibraryClient

extension OnDuplicate: ExpressibleByArgument {}
