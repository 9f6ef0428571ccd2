"""What each verb takes: validated as it is made, its words made safe."""
