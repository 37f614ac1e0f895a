import ArgumentParser
import Engine
import ServiceLifecycle

print(Primitive.all.count)
